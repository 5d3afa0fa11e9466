using System.Globalization;
using System.Net;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Pipeline.Http;

/// <summary>Answers Belco. Only a webhook that Belco should send again gets a 5xx.</summary>
public sealed class WebhookApi(WebhookReceiver receiver, WebhookSettings settings)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    /// <summary><c>POST /api/webhooks/belco</c>. Throws only if the body cannot be read from its connection, or on
    /// cancellation.</summary>
    /// <param name="body">The body.</param>
    /// <param name="header">Gets a header by its name, its values joined with commas; null if the request has none. A header that
    /// comes twice is therefore not a valid length or signature.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<HttpReply> ReceiveAsync(Stream body, Func<string, string?> header, CancellationToken cancellationToken)
    {
        var isLength = long.TryParse(header("Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length);
        var signature = settings.SignatureHeader is { } name ? header(name) : null;
        return ToReply(await receiver.ReceiveAsync(body, isLength ? length : null, signature, cancellationToken));
    }

    internal static HttpReply ToReply(ReceiveOutcome outcome) => outcome switch
    {
        ReceiveOutcome.Queued queued => HttpReply.Queued(queued.RequestId, queued.Queue),
        ReceiveOutcome.Malformed malformed =>
            HttpReply.Problem(HttpStatusCode.BadRequest, "Not a Belco webhook", malformed.Reason),
        // No detail, which would only help somebody who forges signatures.
        ReceiveOutcome.SignatureRejected => HttpReply.Problem(HttpStatusCode.Unauthorized, "Signature required", detail: null),
        ReceiveOutcome.LengthRequired => HttpReply.Problem(HttpStatusCode.LengthRequired, "Length required",
            "Send the body with a Content-Length header and not chunked. Azure Functions drops a body without it."),
        ReceiveOutcome.TooLarge tooLarge => HttpReply.Problem(HttpStatusCode.RequestEntityTooLarge, "Body too large",
            $"The limit is {tooLarge.MaxBodyBytes} bytes."),
        ReceiveOutcome.Unavailable => HttpReply.Problem(HttpStatusCode.ServiceUnavailable, "Not queued",
            "The queue could not be reached. Send the webhook again.") with
        { RetryAfter = RetryAfter },
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
