using BelcoFunctions.Pipeline.Receiving;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>The headers of a request to Kestrel.</summary>
internal sealed class KestrelHeaders(IHeaderDictionary headers) : IRequestHeaders
{
    public IEnumerable<KeyValuePair<string, string>> All =>
        headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString()));

    public string? Find(string name) => headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
