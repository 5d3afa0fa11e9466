using System.Net;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Answers Belco. Only what Belco should send again gets an answer that makes it do so.</summary>
public static class WebhookReply
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    public static HttpReply ToReply(this ReceiveOutcome outcome) => outcome switch
    {
        ReceiveOutcome.Queued queued => HttpReply.Json(HttpStatusCode.OK, new()
        {
            ["requestId"] = queued.RequestId,
            ["queue"] = queued.Queue,
        }),
        ReceiveOutcome.Malformed malformed => HttpReply.Problem(HttpStatusCode.BadRequest, "Not a Belco webhook", malformed.Reason),
        // No detail: whoever forges signatures learns nothing.
        ReceiveOutcome.SignatureRejected => HttpReply.Problem(HttpStatusCode.Unauthorized, "Signature required", detail: null),
        ReceiveOutcome.LengthRequired => HttpReply.Problem(HttpStatusCode.LengthRequired, "Length required",
            "Send the body with a Content-Length header, not chunked: Azure Functions passes on no body without one."),
        ReceiveOutcome.TooLarge tooLarge => HttpReply.Problem(HttpStatusCode.RequestEntityTooLarge, "Body too large",
            $"The limit is {tooLarge.MaxBodyBytes} bytes."),
        ReceiveOutcome.Unavailable => HttpReply.Problem(HttpStatusCode.ServiceUnavailable, "Not queued",
            "The queue could not be reached; send the webhook again.") with
        { RetryAfter = RetryAfter },
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
