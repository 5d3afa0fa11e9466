using System.Globalization;
using System.Net;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Pipeline.Http;

/// <summary>Answers Belco. Only a webhook that Belco should send again gets a 5xx.</summary>
public sealed class WebhookApi(WebhookReceiver receiver)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    /// <summary><c>POST /api/webhooks/belco</c>. Throws only if the body cannot be read from its connection, or on
    /// cancellation.</summary>
    /// <param name="body">The body.</param>
    /// <param name="headers">The headers.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public async Task<HttpReply> ReceiveAsync(Stream body, IRequestHeaders headers, CancellationToken cancellationToken)
    {
        var announced = headers.Find("Content-Length");
        var isLength = long.TryParse(announced, NumberStyles.None, CultureInfo.InvariantCulture, out var length);
        return ToReply(await receiver.ReceiveAsync(body, isLength ? length : null, headers, cancellationToken));
    }

    internal static HttpReply ToReply(ReceiveOutcome outcome) => outcome switch
    {
        ReceiveOutcome.Queued queued => HttpReply.Queued(queued.RequestId, queued.Queue),
        ReceiveOutcome.Malformed malformed =>
            HttpReply.Problem(HttpStatusCode.BadRequest, "Not a Belco webhook", malformed.Reason),
        // No detail: it would only help somebody who forges signatures.
        ReceiveOutcome.SignatureRejected => HttpReply.Problem(HttpStatusCode.Unauthorized, "Signature required", detail: null),
        ReceiveOutcome.LengthRequired => HttpReply.Problem(HttpStatusCode.LengthRequired, "Length required",
            "Send the body with a Content-Length header and not chunked. Azure Functions drops a body without it."),
        ReceiveOutcome.TooLarge tooLarge => HttpReply.Problem(HttpStatusCode.RequestEntityTooLarge, "Body too large",
            $"The limit is {tooLarge.MaxBodyBytes} bytes."),
        ReceiveOutcome.Unavailable => HttpReply.Problem(HttpStatusCode.ServiceUnavailable, "Not queued",
            "The queue did not take the event. Send the webhook again.") with
        { RetryAfter = RetryAfter },
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
