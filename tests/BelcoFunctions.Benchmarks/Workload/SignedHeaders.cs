using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Benchmarks.Workload;

/// <summary>The headers of a request with its signature in the header that the settings name.</summary>
internal sealed class SignedHeaders(string signature) : IRequestHeaders
{
    public IEnumerable<KeyValuePair<string, string>> All => [KeyValuePair.Create(Webhooks.Settings.SignatureHeader!, signature)];

    public string? Find(string name) => name == Webhooks.Settings.SignatureHeader ? signature : null;
}
