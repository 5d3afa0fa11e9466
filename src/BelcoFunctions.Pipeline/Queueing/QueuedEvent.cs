namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>An acknowledged webhook on its way to a projection: what every queue carries, each in its own form.</summary>
public sealed record QueuedEvent
{
    /// <summary>One of <see cref="QueueNames"/>.</summary>
    public required string Queue { get; init; }

    /// <summary>The bytes as they came; empty where <see cref="PayloadBlob"/> names them.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public required string EventName { get; init; }

    public required string RequestId { get; init; }

    /// <summary>The item of an event that is to be projected.</summary>
    public string? ItemId { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Why the event is not projected; null for one that is.</summary>
    public string? Reason { get; init; }

    /// <summary>Claim check: the blob that has a body too large for a queue.</summary>
    public string? PayloadBlob { get; init; }

    /// <summary>W3C trace context of the request that brought it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The same for a webhook sent twice: a queue that knows it drops the second.</summary>
    public string MessageId => ItemId is null ? PayloadBlob ?? MessageIds.OfBody(Body.Span) : MessageIds.OfItem(RequestId, ItemId);
}
