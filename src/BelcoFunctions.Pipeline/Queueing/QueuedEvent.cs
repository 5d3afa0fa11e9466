using System.Security.Cryptography;
using System.Text;

namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>An acknowledged webhook on its way to a projection: what every queue carries, each in its own form.</summary>
public sealed record QueuedEvent
{
    private const int MaxMessageIdLength = 128;

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

    /// <summary>The same for a webhook sent twice, at most 128 characters: a queue that knows it drops the second. A request id
    /// alone might be shared by the events of one bulk action; an event without a known item goes by its bytes.</summary>
    public string MessageId
    {
        get
        {
            if (ItemId is null) return PayloadBlob ?? Hash(Body.Span);
            var id = $"{RequestId}.{ItemId}";
            return id.Length <= MaxMessageIdLength ? id : Hash(Encoding.UTF8.GetBytes(id));
        }
    }

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes));
}
