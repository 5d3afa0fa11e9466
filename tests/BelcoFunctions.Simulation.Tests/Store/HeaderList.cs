using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>The headers of a request or a response: a short list, because a dictionary costs more.</summary>
internal sealed class HeaderList
{
    private readonly List<HttpHeader> headers = new(8);

    public string? this[string name] => TryGet(name, out var value) ? value : null;

    public IEnumerable<HttpHeader> All => headers;

    public void Add(string name, string value) => headers.Add(new HttpHeader(name, value));

    public bool TryGet(string name, [NotNullWhen(true)] out string? value)
    {
        foreach (var header in headers)
        {
            if (!string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)) continue;
            value = header.Value;
            return true;
        }

        value = null;
        return false;
    }

    public bool TryGetAll(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGet(name, out var value) ? [value] : null;
        return values is not null;
    }

    public bool Remove(string name) =>
        headers.RemoveAll(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase)) > 0;
}
