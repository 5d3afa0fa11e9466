namespace BelcoFunctions.Viewer.Charts;

/// <summary>A vertical axis from zero to a round number, with a few round numbers between them.</summary>
/// <param name="Max">Its upper end, never less than the greatest value.</param>
/// <param name="Step">The distance between two of its numbers.</param>
internal readonly record struct AxisScale(double Max, double Step)
{
    private const int Steps = 4;

    // Round times in seconds. Longer times are round numbers of days.
    private static readonly double[] RoundTimes =
    [
        60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, Day,
    ];

    private const double Day = 86_400;

    /// <param name="greatest">The greatest value.</param>
    /// <param name="unit">What the values count.</param>
    public static AxisScale From(double greatest, ChartUnit unit)
    {
        var least = Math.Max(greatest, unit is ChartUnit.Count ? Steps : 0.001) / Steps;
        var step = unit is ChartUnit.Count ? RoundNumber(least) : RoundTime(least);
        return new AxisScale(step * Math.Ceiling(Math.Max(greatest, step) / step), step);
    }

    /// <summary>The numbers on it, from zero up.</summary>
    public IReadOnlyList<double> Ticks()
    {
        var step = Step;
        return [.. Enumerable.Range(0, (int)Math.Round(Max / step) + 1).Select(number => number * step)];
    }

    private static double RoundTime(double least)
    {
        // Below a minute, round seconds like other numbers: 10, 20, 50.
        if (least <= 50) return RoundNumber(least);
        var round = Array.Find(RoundTimes, time => time >= least);
        return round > 0 ? round : Day * RoundNumber(least / Day);
    }

    // 1, 2 or 5 times a power of ten.
    private static double RoundNumber(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        // Round, because a sum of fractions may be slightly too large.
        var factor = Math.Round(least / power, 6) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        return factor * power;
    }
}
