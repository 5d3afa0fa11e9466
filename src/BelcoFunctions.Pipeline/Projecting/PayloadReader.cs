using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>The bytes of a queued event, fetched where the queue carries only their name.</summary>
public sealed class PayloadReader(IPayloadStore payloads)
{
    /// <summary>The body; null when the blob that had it is gone.</summary>
    /// <exception cref="Tables.StoreUnavailableException"/>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(QueuedEvent queued, CancellationToken cancellationToken)
    {
        if (queued.PayloadBlob is not { } name) return queued.Body;
        return await payloads.GetAsync(name, cancellationToken) is { } body ? body : null;
    }
}
