using System.Net;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Testing.Receiving;

/// <summary>The result of receiving a webhook.</summary>
/// <param name="Outcome">What the receiver returned.</param>
/// <param name="Queued">The queued event; null when there is none.</param>
/// <param name="Stored">The body in the payload store; null when it is in the queue.</param>
internal sealed record Received(ReceiveOutcome Outcome, QueuedEvent? Queued, byte[]? Stored)
{
    public HttpReply Reply { get; } = WebhookApi.ToReply(Outcome);

    /// <summary>The bytes of the queued event, in the queue or in the payload store.</summary>
    public byte[]? Raw => Stored ?? Queued?.Body.ToArray();

    /// <summary>Asserts an error with its reason, and that nothing is queued.</summary>
    public void ShouldBeRefused(string? detail, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        Assert.Equal((status, HttpReply.ProblemJson), (Reply.Status, Reply.ContentType));
        if (detail is not null)
        {
            Assert.Contains(detail, (string)JsonNode.Parse(Reply.Body.Span)!["detail"]!, StringComparison.Ordinal);
        }

        Assert.Null(Queued);
    }

    /// <summary>Asserts 200, and that the event is kept with the reason.</summary>
    public void ShouldBeUnprojected(string reason)
    {
        Assert.Equal(HttpStatusCode.OK, Reply.Status);
        Assert.Equal((QueueNames.UnprojectedEvents, reason), (Queued?.Queue, Queued?.Reason));
    }

    /// <summary>Asserts 200, and that the event is in the queue of its event type.</summary>
    public BelcoEvent ShouldBeProjected()
    {
        Assert.Equal((HttpStatusCode.OK, null), (Reply.Status, Queued?.Reason));
        var e = Raw!.ToEvent();
        Assert.Equal(QueueNames.For(e.EventName), Queued!.Queue);
        return e;
    }
}
