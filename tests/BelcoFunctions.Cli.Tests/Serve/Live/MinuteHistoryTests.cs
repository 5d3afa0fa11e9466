using BelcoFunctions.Cli.Serve.Live;
using BelcoFunctions.Viewer.Live;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Cli.Tests.Serve.Live;

public sealed class MinuteHistoryTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 30, TimeSpan.Zero));
    private readonly MinuteHistory history;

    public MinuteHistoryTests() => history = new MinuteHistory(time);

    [Fact]
    public void Each_answer_is_counted_in_its_minute()
    {
        foreach (var answer in Enum.GetValues<WebhookAnswer>()) history.Received(answer, time.GetUtcNow());
        time.Advance(TimeSpan.FromMinutes(1));
        history.Received(WebhookAnswer.Queued, time.GetUtcNow());

        var minutes = history.Read();

        Assert.Equal(MinuteHistory.Minutes, minutes.Count);
        Assert.Equal(new LiveMinute(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero))
        {
            Queued = 1,
            Unprojected = 1,
            Refused = 4,
            Unavailable = 1,
        }, minutes[^2]);
        Assert.Equal(1, minutes[^1].Queued);
    }

    [Fact]
    public void The_median_is_within_a_hundredth_and_the_worst_is_exact()
    {
        var random = new Random(1);
        double[] lags = [.. Enumerable.Range(0, 20_001).Select(_ => Math.Pow(10, random.NextDouble() * 6 + 1))];
        foreach (var lag in lags) history.Projected(TimeSpan.FromMilliseconds(lag), time.GetUtcNow());

        var minute = history.Read()[^1];

        var median = lags.Order().ElementAt(10_000);
        Assert.InRange(minute.MedianLag!.Value.TotalMilliseconds, median * 0.99, median * 1.01);
        Assert.Equal(TimeSpan.FromMilliseconds(lags.Max()), minute.WorstLag);
    }

    [Fact]
    public void After_an_hour_nothing_remains()
    {
        history.Received(WebhookAnswer.Queued, time.GetUtcNow());
        history.Projected(TimeSpan.FromDays(400), time.GetUtcNow());
        history.Waits(5, time.GetUtcNow());
        history.Waits(3, time.GetUtcNow());
        Assert.Equal((1, 5), (history.Read()[^1].Queued, history.Read()[^1].Depth));

        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(1, history.Read()[0].Queued);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.All(history.Read(), minute => Assert.Equal(new LiveMinute(minute.Start), minute));
        history.Received(WebhookAnswer.Queued, time.GetUtcNow());
        Assert.Equal((1, null, null), (history.Read()[^1].Queued, history.Read()[^1].WorstLag, history.Read()[^1].Depth));
    }
}
