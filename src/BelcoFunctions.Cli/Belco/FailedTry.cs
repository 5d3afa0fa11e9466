using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace BelcoFunctions.Cli.Belco;

/// <summary>Tells failed tries of a request apart.</summary>
internal static class FailedTry
{
    /// <summary>Whether another try may end otherwise: no answer, half an answer, or the status 408, 429 or 5xx.</summary>
    public static bool IsTransient(Outcome<HttpResponseMessage> outcome) => HttpClientResiliencePredicates.IsTransient(outcome);

    /// <summary>Whether there was no connection, so that Belco certainly did not get the request.</summary>
    public static bool IsNotSent(Exception? exception) => exception is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
    };
}
