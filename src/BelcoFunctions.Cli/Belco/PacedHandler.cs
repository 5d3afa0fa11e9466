using System.Net;
using Polly;
using Polly.Timeout;

namespace BelcoFunctions.Cli.Belco;

/// <summary>Sends each try of a request when the shared pace allows it, and tells the pace how it ended.</summary>
internal sealed class PacedHandler(RequestPace pace, TimeProvider time) : DelegatingHandler
{
    /// <summary>The moment before the last try of a request.</summary>
    public static readonly HttpRequestOptionsKey<DateTimeOffset> SentAt = new(nameof(SentAt));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var turn = await pace.WaitAsync(cancellationToken);
        request.Options.Set(SentAt, time.GetUtcNow());
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (FailedTry.IsTransient(Outcome.FromResult(response))) Failed(turn, response);
            else pace.Succeeded(turn);
            return response;
        }
        catch (Exception exception) when (FailedTry.IsTransient(Outcome.FromException<HttpResponseMessage>(exception)))
        {
            pace.Failed(turn, Reason(exception), asksToSlowDown: false, retryAfter: null);
            throw;
        }
    }

    private void Failed(RequestTurn turn, HttpResponseMessage response)
    {
        var isTooMany = response.StatusCode is HttpStatusCode.TooManyRequests;
        var retryAfter = RetryAfter(response);
        pace.Failed(
            turn, isTooMany ? "Belco asks to slow down" : $"Belco answers {(int)response.StatusCode}",
            asksToSlowDown: isTooMany || retryAfter is not null, retryAfter);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        // By Belco's own clock, if the answer has it: this machine's may differ.
        { Date: { } date } => date - (response.Headers.Date ?? time.GetUtcNow()),
        _ => null,
    };

    private static string Reason(Exception exception) => exception switch
    {
        TimeoutRejectedException => "Belco does not answer",
        _ when FailedTry.IsNotSent(exception) => "Belco cannot be reached",
        _ => "The connection to Belco broke",
    };
}
