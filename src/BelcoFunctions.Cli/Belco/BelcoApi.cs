using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Importing;
using Polly.Timeout;

namespace BelcoFunctions.Cli.Belco;

/// <summary>The client of Belco's API. One object serves all requests of a command, however many run at the same time: they
/// share its rate limit.</summary>
internal sealed class BelcoApi(BelcoApiSettings settings, TimeProvider time) : IBelcoApi, IDisposable
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    // Table Storage has no moments before it.
    private static readonly DateTimeOffset FirstMoment = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly HttpClient http = BelcoHttp.Create(settings, time);
    private readonly string root = Root(settings.Address);

    public async Task<BelcoAnswer?> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, path);
        using var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound) return null;
        if (AnswerErrors.Of(request, response) is { } error) throw error;
        var (json, why) = AnswerJson.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return json is { } document
            ? new BelcoAnswer(document, ReadAt(request, response), AnsweredAt(response))
            : throw new BelcoApiException(BelcoApiError.Unusable, AnswerErrors.NotJson(request, response, why));
    }

    /// <summary>Sends a request that changes something, and returns the answer whatever its status is.</summary>
    /// <param name="method">POST is sent again only if Belco certainly did nothing.</param>
    /// <param name="path">As for <see cref="GetAsync"/>.</param>
    /// <param name="json">The body; null for none.</param>
    /// <param name="cancellationToken">Ends the request, and the waiting before it.</param>
    /// <exception cref="BelcoApiException">There is no answer, after all retries.</exception>
    public async Task<BelcoReply> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        using var request = Request(method, path);
        if (json is not null) request.Content = new StringContent(json, JsonType);
        using var response = await SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        // A server at a wrong address may send back what it gets.
        return new BelcoReply(
            response.StatusCode, Encoding.UTF8.GetString(body).Replace(settings.Token, "…", StringComparison.Ordinal));
    }

    public void Dispose() => http.Dispose();

    private static string Root(Uri address)
    {
        var text = address.AbsoluteUri.TrimEnd('/');
        // The address is often given with its version.
        return text.EndsWith("/v1", StringComparison.Ordinal) ? text + "/" : text + "/v1/";
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        // Combined as texts: otherwise, a path such as //host would name another address. Dots would name another path.
        var url = new Uri(root + path);
        return url.AbsoluteUri == root + path ? new HttpRequestMessage(method, url) : throw new BelcoApiException(
            BelcoApiError.Unusable,
            $"Belco cannot be asked for {DisplayText.Clean(path.Split('?')[0])}: an id in it is . or .., or is not escaped.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (TimeoutRejectedException exception)
        {
            throw Unavailable(
                $"{settings.Address} did not answer {AnswerErrors.Name(request)} within "
                + $"{DurationText.Format(settings.MaxTryTime)}. Try again later.", exception);
        }
        catch (HttpRequestException exception) when (FailedTry.IsNotSent(exception))
        {
            throw Unavailable(
                $"{settings.Address} cannot be reached: {exception.Message.TrimEnd('.')}. Check --api and the network.",
                exception);
        }
        catch (HttpRequestException exception)
        {
            throw Unavailable(
                $"The connection to {settings.Address} broke before the whole answer to {AnswerErrors.Name(request)} arrived. "
                + "Try again.", exception);
        }
    }

    private static BelcoApiException Unavailable(string message, Exception cause) =>
        new(BelcoApiError.Unavailable, message, cause);

    private static DateTimeOffset ReadAt(HttpRequestMessage request, HttpResponseMessage response)
    {
        request.Options.TryGetValue(PacedHandler.SentAt, out var sentAt);
        var readAt = response.Headers.Date is { } date && date < sentAt ? date : sentAt;
        return EventTime.ToMillisecond(readAt > FirstMoment ? readAt : FirstMoment);
    }

    private DateTimeOffset AnsweredAt(HttpResponseMessage response)
    {
        var now = time.GetUtcNow();
        return EventTime.ToMillisecond(response.Headers.Date is { } date && date > now ? date : now);
    }
}
