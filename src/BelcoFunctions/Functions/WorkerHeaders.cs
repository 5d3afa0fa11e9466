using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Functions;

/// <summary>The headers of a request as the Functions worker has them.</summary>
internal sealed class WorkerHeaders(HttpHeadersCollection headers) : IRequestHeaders
{
    // Not validated, because validation splits some headers into several values.
    public IEnumerable<KeyValuePair<string, string>> All =>
        headers.NonValidated.Select(header => KeyValuePair.Create(header.Key, string.Join(',', header.Value)));

    public string? Find(string name) => headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
