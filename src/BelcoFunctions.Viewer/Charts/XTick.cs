namespace BelcoFunctions.Viewer.Charts;

/// <summary>A name on the horizontal axis.</summary>
/// <param name="Percent">Its place in the width.</param>
/// <param name="Text">The name.</param>
/// <param name="LeastWidth">The least width of the plot at which the name is shown. In a narrower plot, the neighbours of the
/// name need the room.</param>
internal readonly record struct XTick(double Percent, string Text, int LeastWidth)
{
    /// <summary>The widths that the style sheet knows.</summary>
    public static IReadOnlyList<int> Widths { get; } = [200, 250, 300, 400, 500, 600, 800, 1_000, 1_300, 1_700];

    // The greatest width of a character, and the space between two names.
    private const double CharacterWidth = 7;
    private const double Space = 10;

    /// <summary>Places names from left to right. A narrow plot hides every second name, a narrower plot hides three of four,
    /// and so on. The last name is always shown.</summary>
    public static IEnumerable<XTick> Place(IEnumerable<(double Percent, string Text)> names)
    {
        var ticks = names.ToList();
        if (ticks.Count == 0) return [];
        var longest = ticks.Max(tick => tick.Text.Length) * CharacterWidth + Space;
        var closest = ticks.Zip(ticks.Skip(1), (tick, next) => next.Percent - tick.Percent).DefaultIfEmpty(100).Min();
        return ticks.Select((tick, index) =>
        {
            var fromEnd = ticks.Count - 1 - index;
            if (fromEnd == 0) return new XTick(tick.Percent, tick.Text, 0);
            // The narrower the plot, the more names are hidden. When it is this name's turn, the nearest name that is still
            // shown is this many names away.
            var step = fromEnd & -fromEnd;
            return new XTick(tick.Percent, tick.Text, WidthFor(100 * longest / (closest * step)));
        });
    }

    private static int WidthFor(double needed) => Widths.FirstOrDefault(width => width >= needed, Widths[^1]);
}
