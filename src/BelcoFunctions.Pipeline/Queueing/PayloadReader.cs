namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>Reads the bytes of an event, from its blob if it has one, or deletes that blob. Throws what the payload store
/// throws.</summary>
public sealed class PayloadReader(IPayloadStore payloads)
{
    /// <summary>The body of a queued event; null if its blob is missing.</summary>
    public Task<ReadOnlyMemory<byte>?> ReadAsync(QueuedEvent queued, CancellationToken cancellationToken) =>
        ReadAsync(queued.PayloadBlob, queued.Body, cancellationToken);

    /// <summary>The body; null if its blob is missing.</summary>
    /// <param name="blob">The blob that has the body; null if <paramref name="body"/> has it.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(
        string? blob, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (blob is null) return body;
        var stored = await payloads.GetAsync(blob, cancellationToken);
        // A conditional expression would convert null to an empty body.
        if (stored is null) return null;
        return stored;
    }

    /// <summary>Deletes the blob of an erased event.</summary>
    public Task DeleteAsync(string blob, CancellationToken cancellationToken) => payloads.DeleteAsync(blob, cancellationToken);
}
