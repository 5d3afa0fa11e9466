namespace BelcoFunctions.Testing.Belco;

/// <summary>A set of paths, like <c>conversations/*/items</c>: a star is any part.</summary>
internal static class BelcoPath
{
    /// <summary>All paths.</summary>
    public const string Any = "**";

    public static bool Matches(string pattern, string[] path) => pattern == Any
        || (pattern.Split('/') is var parts && parts.Length == path.Length
            && parts.Zip(path).All(pair => pair.First == "*" || pair.First == pair.Second));
}
