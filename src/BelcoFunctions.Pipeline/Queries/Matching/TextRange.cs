namespace BelcoFunctions.Pipeline.Queries.Matching;

/// <summary>A part of a text.</summary>
/// <param name="Start">The index of its first character.</param>
/// <param name="End">The index after its last one.</param>
internal readonly record struct TextRange(int Start, int End)
{
    /// <summary>The ranges in their order, those that touch or overlap joined.</summary>
    public static IReadOnlyList<TextRange> Join(IEnumerable<TextRange> ranges)
    {
        List<TextRange> joined = [];
        foreach (var range in ranges.OrderBy(range => range.Start))
        {
            if (joined.Count > 0 && range.Start <= joined[^1].End)
                joined[^1] = joined[^1] with { End = Math.Max(joined[^1].End, range.End) };
            else joined.Add(range);
        }

        return joined;
    }
}
