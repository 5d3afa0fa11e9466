namespace BelcoFunctions.Viewer.Conversations;

/// <summary>Places spans of time side by side on a strip. Each is as wide as it is long, but never too narrow to be
/// seen.</summary>
internal static class StripLayout
{
    /// <summary>The width of the strip.</summary>
    public const int Width = 1_000;

    private const int MinWidth = 14;

    public static IReadOnlyList<Segment> From(IReadOnlyList<Span> spans)
    {
        var total = spans.Sum(span => span.Length.TotalSeconds);
        // What is left once each has its least width is shared by length.
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

    /// <summary>How long each value held in all, in the order in which they first did.</summary>
    public static IReadOnlyList<(string? Value, TimeSpan Length)> Totals(IReadOnlyList<Span> spans) =>
    [
        .. // A group needs a key, and nobody is null.
        spans.GroupBy(span => (span.Value, 0)).Select(group =>
            (group.Key.Value, TimeSpan.FromTicks(group.Sum(span => span.Length.Ticks)))),
    ];
}

/// <summary>A span on the strip.</summary>
internal sealed record Segment(double X, double Width, Span Span);
