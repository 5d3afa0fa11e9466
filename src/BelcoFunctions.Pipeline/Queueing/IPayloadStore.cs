namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>Stores the bodies that are too large for a queue. They stay until they are erased, because they are the raw
/// events.</summary>
public interface IPayloadStore
{
    /// <summary>Stores a body if it is not there yet, and returns its name.</summary>
    Task<string> PutAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    /// <summary>The body with that name; null if there is none.</summary>
    Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes the body with that name, if there is one.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
