using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>
/// Stores large bodies as blobs, and in the queue file until they are projected: an accepted webhook must be on the disk.
/// </summary>
internal sealed class LocalPayloadStore(IPayloadStore blobs, SqliteQueue queue) : IPayloadStore
{
    public async Task<string> PutAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var name = await blobs.PutAsync(body, cancellationToken);
        await queue.PutPayloadAsync(name, body.ToArray(), cancellationToken);
        return name;
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (await blobs.GetAsync(name, cancellationToken) is { } body) return body;
        if (await queue.GetPayloadAsync(name, cancellationToken) is not { } copy) return null;
        // The timeline row will name the blob, so the blob must exist.
        await blobs.PutAsync(copy, cancellationToken);
        return copy;
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        // The copy first: while there is a copy, reading the body stores the blob again.
        await queue.DeletePayloadAsync(name, cancellationToken);
        await blobs.DeleteAsync(name, cancellationToken);
    }
}
