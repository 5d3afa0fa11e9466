using BelcoFunctions.Viewer.Live;

namespace BelcoFunctions.Viewer.Tests.Live;

public sealed class HourChartsTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_chart_has_an_hour_from_left_to_right_and_says_now_at_its_end()
    {
        LiveMinute[] minutes = [.. Enumerable.Range(0, 60).Select(number => new LiveMinute(Start.AddMinutes(number)))];
        Viewer.Charts.Chart[] charts = [HourCharts.Webhooks(minutes), HourCharts.Lag(minutes), HourCharts.Depth(minutes)];
        foreach (var chart in charts)
        {
            Assert.True(chart.IsEmpty);
            Assert.Equal(
                [(14, "−45 min"), (29, "−30 min"), (44, "−15 min"), (59, "now")],
                chart.Categories.Index().Where(each => each.Item.Tick is not null).Select(each => (each.Index, each.Item.Tick!)));
            Assert.All(chart.Series, series => Assert.Equal(60, series.Values.Count));
        }
    }

    [Fact]
    public void The_sentence_counts_what_the_bars_show()
    {
        LiveMinute[] minutes =
        [
            new(Start) { Queued = 1_200, Refused = 2 },
            new(Start.AddMinutes(1)) { Unprojected = 3, Unavailable = 4 },
        ];
        var chart = HourCharts.Webhooks(minutes);
        Assert.Equal("1,209 webhooks in the last hour: 2 refused, 4 not queued.", chart.Summary);
        Assert.Equal(1_209, chart.Series.Sum(series => series.Values.Sum()));
        Assert.StartsWith("1 webhook in the last hour", HourCharts.Webhooks([new(Start) { Queued = 1 }]).Summary,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_minute_without_a_lag_is_a_gap()
    {
        var chart = HourCharts.Lag(
        [
            new(Start) { MedianLag = TimeSpan.FromMilliseconds(40), WorstLag = TimeSpan.FromSeconds(2) },
            new(Start.AddMinutes(1)),
        ]);
        Assert.Equal([0.04, null], chart.Series[0].Values);
        Assert.Equal([2.0, null], chart.Series[1].Values);
    }
}
