namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>A request as the service reads it.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Escaped.</param>
/// <param name="Query">Escaped, with or without its question mark.</param>
/// <param name="Header">A header's value; null if it is missing.</param>
/// <param name="Body">Its body.</param>
internal sealed record StoreRequest(
    string Method, string Path, string Query, Func<string, string?> Header, ReadOnlyMemory<byte> Body)
{
    /// <summary>A parameter of the address, unescaped; null if it is missing.</summary>
    public string? Parameter(string name)
    {
        foreach (var part in Query.TrimStart('?').Split('&'))
        {
            var separator = part.IndexOf('=', StringComparison.Ordinal);
            if (separator < 0) continue;
            // The SDK does not always escape the dollar sign.
            if (Uri.UnescapeDataString(part[..separator]) == name) return Uri.UnescapeDataString(part[(separator + 1)..]);
        }

        return null;
    }
}
