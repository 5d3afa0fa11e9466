namespace BelcoFunctions.Pipeline.Tables;

/// <summary>A range of row keys. It contains neither of its two limits.</summary>
internal readonly record struct KeyRange(string After, string Before)
{
    /// <summary>The range of all keys that begin with a prefix.</summary>
    public static KeyRange From(string prefix) => new(prefix, prefix[..^1] + (char)(prefix[^1] + 1));

    public bool Contains(string key) => string.CompareOrdinal(key, After) > 0 && string.CompareOrdinal(key, Before) < 0;
}
