namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>The headers of a request, in the same form in both hosts.</summary>
public interface IRequestHeaders
{
    /// <summary>Each header once, by its name as it came, with its values joined with commas.</summary>
    IEnumerable<KeyValuePair<string, string>> All { get; }

    /// <summary>The values of a header joined with commas; null if the request does not have it. A header that comes twice is
    /// therefore not a valid length or signature.</summary>
    string? Find(string name);
}
