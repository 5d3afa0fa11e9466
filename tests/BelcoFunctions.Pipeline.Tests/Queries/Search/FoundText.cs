using BelcoFunctions.Pipeline.Queries.Matching;
using BelcoFunctions.Pipeline.Queries.Search;

namespace BelcoFunctions.Pipeline.Tests.Queries.Search;

/// <summary>What a search finds in a text, as a text with brackets around it.</summary>
internal static class FoundText
{
    public static SearchQuery Query(string text) => SearchQuery.Read(text).Query!;

    /// <summary>An excerpt as people see it; null if a part of the query is not in the text.</summary>
    public static string? Excerpt(string query, string text)
    {
        var ranges = Query(query).FindIn(text);
        return ranges.Contains(null) ? null : Show(MarkedText.Excerpt(text, Query(query), ranges.OfType<TextRange>()));
    }

    public static string Show(MarkedText text) =>
        string.Concat(text.Pieces.Select(piece => piece.IsFound ? $"[{piece.Text}]" : piece.Text));
}
