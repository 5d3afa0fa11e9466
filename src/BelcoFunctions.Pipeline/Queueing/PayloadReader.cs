namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>The bytes of an event, fetched where only the name of their blob is at hand. Throws what the payload store throws.</summary>
public sealed class PayloadReader(IPayloadStore payloads)
{
    /// <summary>The body of a queued event; null when the blob that had it is gone.</summary>
    public Task<ReadOnlyMemory<byte>?> ReadAsync(QueuedEvent queued, CancellationToken cancellationToken) =>
        ReadAsync(queued.PayloadBlob, queued.Body, cancellationToken);

    /// <param name="blob">The blob that has the body; null where it is <paramref name="body"/>.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string? blob, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (blob is null) return body;
        var stored = await payloads.GetAsync(blob, cancellationToken);
        // In one expression with the other case, null would be taken for an array and become a body that is empty.
        if (stored is null) return null;
        return stored;
    }
}
