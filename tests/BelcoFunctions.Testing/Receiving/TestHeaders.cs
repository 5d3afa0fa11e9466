using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Testing.Receiving;

/// <summary>The headers of a request, as a test writes them.</summary>
internal sealed class TestHeaders(params IReadOnlyList<(string Name, string Value)> headers) : IRequestHeaders
{
    /// <summary>The header that contains the signature in most tests.</summary>
    public const string Signature = "X-Signature";

    public IEnumerable<KeyValuePair<string, string>> All =>
        headers.Select(header => KeyValuePair.Create(header.Name, header.Value));

    public string? Find(string name) =>
        headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value).FirstOrDefault();

    /// <summary>Only a signature; null for none.</summary>
    public static TestHeaders From(string? signature) => signature is null ? new() : new((Signature, signature));
}
