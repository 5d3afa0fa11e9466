using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Benchmarks.Workload;

/// <summary>The headers of a request that has its signature where the settings name it.</summary>
internal sealed class SignedHeaders(string signature) : IRequestHeaders
{
    public IEnumerable<KeyValuePair<string, string>> All => [KeyValuePair.Create(Webhooks.Settings.SignatureHeader!, signature)];

    public string? Find(string name) => name == Webhooks.Settings.SignatureHeader ? signature : null;
}
