namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>An acknowledged webhook on its way to a projection. Each queue has its own form for it.</summary>
public sealed record QueuedEvent
{
    /// <summary>One of <see cref="QueueNames"/>.</summary>
    public required string Queue { get; init; }

    /// <summary>The bytes as Belco sent them. If <see cref="PayloadBlob"/> has the bytes, this is a <see cref="ClaimCheck"/>,
    /// or empty for an event that will not be projected.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public required string EventName { get; init; }

    public required string RequestId { get; init; }

    /// <summary>The item of an event that will be projected; else null.</summary>
    public string? ItemId { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Why the event is not projected; null if it will be.</summary>
    public string? Reason { get; init; }

    /// <summary>Claim check: the blob with a body that is too large for a queue.</summary>
    public string? PayloadBlob { get; init; }

    /// <summary>The W3C trace context of the webhook's request.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The id of the message. A webhook that is sent twice has the same id, so that a queue with duplicate detection
    /// drops the second message.</summary>
    public string MessageId =>
        ItemId is null ? PayloadBlob ?? MessageIds.OfBody(Body.Span) : MessageIds.OfItem(RequestId, ItemId);
}
