namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Reads a body up to a limit.</summary>
internal static class BodyReader
{
    // Anybody can announce a large body at no cost, so allocate more than this only for bytes that have arrived.
    private const int LargestFirstBuffer = 64 * 1024;

    /// <summary>The whole body; null if it is over the limit. Reads at most one byte more than the limit.</summary>
    /// <param name="stream">The body.</param>
    /// <param name="announced">Its Content-Length, which may be wrong.</param>
    /// <param name="maxBytes">The limit.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(
        Stream stream, long announced, int maxBytes, CancellationToken cancellationToken)
    {
        if (announced > maxBytes) return null;
        // One byte more than announced, so that the end is found without growing the buffer.
        var buffer = new byte[Math.Min(Math.Min(announced + 1, LargestFirstBuffer), maxBytes + 1)];
        var length = 0;
        while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken) is > 0 and var read)
        {
            length += read;
            if (length > maxBytes) return null;
            if (length == buffer.Length) Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, maxBytes + 1));
        }

        return buffer.AsMemory(0, length);
    }
}
