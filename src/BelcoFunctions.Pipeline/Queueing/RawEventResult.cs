namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>The result of reading an event as Belco sent it.</summary>
public abstract record RawEventResult
{
    private RawEventResult() { }

    /// <param name="Body">The webhook's body, byte for byte.</param>
    public sealed record Found(ReadOnlyMemory<byte> Body) : RawEventResult;

    /// <summary>There is no such event.</summary>
    public sealed record NotFound : RawEventResult;

    /// <summary>The event is there, but the blob with its body is not.</summary>
    /// <param name="Blob">The name of the blob.</param>
    public sealed record BlobMissing(string Blob) : RawEventResult;
}
