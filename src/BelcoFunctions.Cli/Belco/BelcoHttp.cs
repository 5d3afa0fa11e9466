using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;

namespace BelcoFunctions.Cli.Belco;

/// <summary>Puts the handlers of a request in their order: retries, then for each try the shared pace, a time limit, and the
/// whole answer.</summary>
internal static class BelcoHttp
{
    public static HttpClient Create(BelcoApiSettings settings, TimeProvider time)
    {
        var sockets = new SocketsHttpHandler
        {
            // The token is for this address only.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            // An import runs for hours. Addresses may change in the meantime.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        var whole = new WholeAnswerHandler(settings.MaxAnswerMiB) { InnerHandler = sockets };
        var timed = new ResilienceHandler(Build(time, builder => builder.AddTimeout(settings.MaxTryTime)))
        {
            InnerHandler = whole,
        };
        var paced = new PacedHandler(new RequestPace(time, settings.OnPause), time) { InnerHandler = timed };
        var retried = new ResilienceHandler(Build(time, builder => builder.AddRetry(Retries(settings)))) { InnerHandler = paced };
        var http = new HttpClient(retried) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token);
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(new ProductHeaderValue("belco")));
        return http;
    }

    private static ResiliencePipeline<HttpResponseMessage> Build(
        TimeProvider time, Action<ResiliencePipelineBuilder<HttpResponseMessage>> add)
    {
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time };
        add(builder);
        return builder.Build();
    }

    private static HttpRetryStrategyOptions Retries(BelcoApiSettings settings) => new()
    {
        MaxRetryAttempts = settings.MaxRetries,
        // The pace waits, for all requests together.
        ShouldRetryAfterHeader = false,
        DelayGenerator = static _ => ValueTask.FromResult<TimeSpan?>(TimeSpan.Zero),
        ShouldHandle = static arguments => ValueTask.FromResult(
            FailedTry.IsTransient(arguments.Outcome) && CanRepeat(arguments)),
    };

    // Belco may have done what a POST asked for although its answer was lost.
    private static bool CanRepeat(RetryPredicateArguments<HttpResponseMessage> arguments) =>
        arguments.Context.GetRequestMessage()?.Method != HttpMethod.Post
        || arguments.Outcome.Result?.StatusCode is HttpStatusCode.TooManyRequests
        || FailedTry.IsNotSent(arguments.Outcome.Exception);
}
