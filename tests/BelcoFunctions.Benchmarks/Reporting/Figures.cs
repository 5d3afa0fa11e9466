using System.Globalization;

namespace BelcoFunctions.Benchmarks.Reporting;

/// <summary>Formats figures for people.</summary>
internal static class Figures
{
    public static string[] Columns { get; } = ["what", "quantity", "limit", "ours", "ratio", "goal", "met"];

    public static string[] Row(Comparison comparison) =>
    [
        comparison.What,
        comparison.Quantity,
        comparison.Limit is { } limit ? Text(limit) : "–",
        Text(comparison.Ours),
        comparison.Ratio is { } ratio ? Text(ratio) : "–",
        Text(comparison),
        comparison.IsMet switch { true => "yes", false => "no", null => "–" },
    ];

    /// <summary>The median, with the lowest and the highest in brackets if they differ.</summary>
    private static string Text(Distribution distribution)
    {
        var (median, lowest, highest) = (Text(distribution.Median), Text(distribution.Lowest), Text(distribution.Highest));
        return lowest == highest ? median : $"{median} ({lowest}–{highest})";
    }

    private static string Text(Comparison comparison) => comparison.Goal is not { } goal ? "–"
        : $"{(goal.Kind is GoalKind.AtLeast ? "≥" : "≤")} {Text(goal.Bound)}{(comparison.Limit is null ? "" : " ×")}";

    // Three digits, as more would be noise.
    private static string Text(double value) => Math.Abs(value) switch
    {
        >= 100 => Math.Round(value).ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };
}
