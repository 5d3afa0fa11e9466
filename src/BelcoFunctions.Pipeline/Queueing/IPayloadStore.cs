namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>Keeps the bodies that are too large for a queue, for good: they are the raw events.</summary>
public interface IPayloadStore
{
    /// <summary>Stores a body unless it is there already, and returns the name it goes by.</summary>
    Task<string> PutAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    /// <summary>The body of that name; null when there is none.</summary>
    Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken);
}
