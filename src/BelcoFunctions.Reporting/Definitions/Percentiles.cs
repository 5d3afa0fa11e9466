namespace BelcoFunctions.Reporting.Definitions;

/// <summary>The median and the 90th percentile of some lengths, by nearest rank: at least 50 or 90 percent of the lengths are
/// as short as it or shorter, and it is the smallest such length. So each of the two is the length of something that
/// happened.</summary>
/// <param name="Count">How many lengths there are.</param>
/// <param name="Median">Null if there are none.</param>
/// <param name="P90">Null if there are none.</param>
public readonly record struct Percentiles(int Count, TimeSpan? Median, TimeSpan? P90)
{
    public static Percentiles From(IEnumerable<TimeSpan> lengths)
    {
        TimeSpan[] ordered = [.. lengths.Order()];
        return new(ordered.Length, AtRank(ordered, 50), AtRank(ordered, 90));
    }

    private static TimeSpan? AtRank(TimeSpan[] ordered, int percent) =>
        ordered.Length == 0 ? null : ordered[(int)((ordered.Length * (long)percent + 99) / 100) - 1];
}
