namespace BelcoFunctions.Testing.Generated;

/// <summary>Samples with JSON that no writer would write.</summary>
internal static class SampleText
{
    /// <summary>The sample <c>conversation.assigned</c>, with one string replaced by another, whose escapes are kept.</summary>
    /// <param name="path">Names with dots between.</param>
    /// <param name="escaped">The string without its quotes.</param>
    public static string With(string path, string escaped)
    {
        const string Marker = "the marked place";
        var e = PayloadFiles.Parse("conversation.assigned");
        var names = path.Split('.');
        names[..^1].Aggregate((JsonNode)e, (parent, name) => parent[name]!)[names[^1]] = Marker;
        return e.ToJsonString().Replace(Marker, escaped, StringComparison.Ordinal);
    }
}
