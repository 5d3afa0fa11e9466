using System.Globalization;
using BelcoFunctions.Reporting.Text;
using BelcoFunctions.Viewer.Shared.Text;

namespace BelcoFunctions.Viewer.Charts;

/// <summary>Writes the values of charts.</summary>
internal static class ChartText
{
    /// <summary>A value as the axis and the table show it.</summary>
    public static string Format(double? value, ChartUnit unit) => (value, unit) switch
    {
        (null, _) => "–",
        ({ } count, ChartUnit.Count) => count.ToString("#,0.##", CultureInfo.InvariantCulture),
        ({ } seconds, _) => OfTime(seconds),
    };

    /// <summary>All values of a category, for its tooltip.</summary>
    public static string FormatCategory(Chart chart, int index) => string.Join('\n',
        chart.Series.Reverse().Select(series => $"{series.Name}: {Format(series.Values[index], chart.Unit)}")
            .Prepend(VisibleText.OfLine(chart.Categories[index].Name)));

    private static string OfTime(double seconds) => seconds switch
    {
        0 => "0",
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1_000:#,0.##}\u00A0ms"),
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.##}\u00A0s"),
        _ => DurationText.Format(TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2))),
    };
}
