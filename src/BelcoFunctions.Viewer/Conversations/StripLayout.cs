namespace BelcoFunctions.Viewer.Conversations;

/// <summary>Places spans of time side by side on a strip. The width of a span is proportional to its length, but never too
/// small to be visible.</summary>
internal static class StripLayout
{
    /// <summary>The width of the strip.</summary>
    public const int Width = 1_000;

    private const int MinWidth = 14;

    public static IReadOnlyList<Segment> From(IReadOnlyList<Span> spans)
    {
        var total = spans.Sum(span => span.Length.TotalSeconds);
        // Each span gets the least width. The remaining width is shared in proportion to length.
        var least = Math.Min(MinWidth, Width / Math.Max(1, spans.Count));
        var shared = Width - least * spans.Count;
        List<Segment> segments = [];
        var x = 0.0;
        foreach (var span in spans)
        {
            var width = least + shared * (total > 0 ? span.Length.TotalSeconds / total : 1.0 / spans.Count);
            segments.Add(new Segment(Math.Round(x, 1), Math.Round(width, 1), span));
            x += width;
        }

        return segments;
    }

    /// <summary>The total time of each value, in the order of their first appearance.</summary>
    public static IReadOnlyList<(string? Value, TimeSpan Length)> Totals(IReadOnlyList<Span> spans) =>
    [
        .. // A pair, because a group's key must not be null, and null stands for nobody.
        spans.GroupBy(span => (span.Value, 0)).Select(group =>
            (group.Key.Value, TimeSpan.FromTicks(group.Sum(span => span.Length.Ticks)))),
    ];
}

/// <summary>A span on the strip.</summary>
internal sealed record Segment(double X, double Width, Span Span);
