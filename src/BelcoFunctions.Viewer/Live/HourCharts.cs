using System.Globalization;
using BelcoFunctions.Reporting.Text;
using BelcoFunctions.Viewer.Charts;

namespace BelcoFunctions.Viewer.Live;

/// <summary>The charts of the last hour.</summary>
internal static class HourCharts
{
    private const int TickMinutes = 15;

    public static Chart Webhooks(IReadOnlyList<LiveMinute> minutes) => new(
        "Webhooks a minute", ChartKind.StackedBars, ChartUnit.Count, Categories(minutes),
        [
            new("Accepted", ChartTone.Blue, [.. minutes.Select(minute => (double?)minute.Queued)]),
            new("Accepted, not projected", ChartTone.Amber, [.. minutes.Select(minute => (double?)minute.Unprojected)]),
            new("Not queued (503)", ChartTone.Violet, [.. minutes.Select(minute => (double?)minute.Unavailable)]),
            new("Refused", ChartTone.Red, [.. minutes.Select(minute => (double?)minute.Refused)]),
        ])
    {
        Summary = Sentence(minutes.Sum(minute => minute.Queued + minute.Unprojected + minute.Refused + minute.Unavailable),
            minutes.Sum(minute => minute.Refused), minutes.Sum(minute => minute.Unavailable)),
        CategoryName = "Minute",
        Empty = "No webhook arrived in the last hour.",
    };

    public static Chart Lag(IReadOnlyList<LiveMinute> minutes) => new(
        "Projection lag", ChartKind.Lines, ChartUnit.Time, Categories(minutes),
        [
            new("Median", ChartTone.Blue, [.. minutes.Select(minute => minute.MedianLag?.TotalSeconds)]),
            new("Worst", ChartTone.Amber, [.. minutes.Select(minute => minute.WorstLag?.TotalSeconds)]),
        ])
    {
        Summary = "From the arrival of a webhook to its rows. The median is within 1 percent.",
        CategoryName = "Minute",
        Empty = "No event was projected in the last hour.",
    };

    public static Chart Depth(IReadOnlyList<LiveMinute> minutes) => new(
        "Queue depth", ChartKind.Lines, ChartUnit.Count, Categories(minutes),
        [new("Events", ChartTone.Blue, [.. minutes.Select(minute => (double?)minute.Depth)])])
    {
        Summary = "Events that wait in all queues together: the maximum of each minute. They are counted every ten seconds, "
            + "or more often while a page is live.",
        CategoryName = "Minute",
        Empty = "No event had to wait in the last hour.",
    };

    private static IReadOnlyList<ChartCategory> Categories(IReadOnlyList<LiveMinute> minutes) =>
    [
        .. minutes.Select((minute, index) => new ChartCategory(
            minute.Start.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture), Tick(minutes.Count - 1 - index))
        {
            Time = minute.Start,
        }),
    ];

    private static string? Tick(int minutesAgo) => minutesAgo switch
    {
        0 => "now",
        // Short, so that four of them fit on a phone.
        _ when minutesAgo % TickMinutes == 0 => string.Create(CultureInfo.InvariantCulture, $"−{minutesAgo} min"),
        _ => null,
    };

    private static string Sentence(int all, int refused, int unavailable) =>
        $"{CountText.Format(all, "webhook")} in the last hour: {CountText.Format(refused)} refused, "
        + $"{CountText.Format(unavailable)} not queued.";
}
