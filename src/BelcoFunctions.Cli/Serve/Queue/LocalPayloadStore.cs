using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>Stores large bodies as blobs, with a copy in the queue file until they are projected, because an accepted webhook
/// must be on the disk.</summary>
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
        // The timeline row will refer to the blob, so store the blob again if it is missing.
        await blobs.PutAsync(copy, cancellationToken);
        return copy;
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        // Delete the copy first: while it exists, reading the body would store the blob again.
        await queue.DeletePayloadAsync(name, cancellationToken);
        await blobs.DeleteAsync(name, cancellationToken);
    }
}
