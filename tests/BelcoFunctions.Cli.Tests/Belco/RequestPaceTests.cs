using BelcoFunctions.Cli.Belco;

namespace BelcoFunctions.Cli.Tests.Belco;

public sealed class RequestPaceTests
{
    private readonly SkippingTime time = new(DateTimeOffset.UnixEpoch);
    private readonly List<BelcoPause> pauses = [];
    private readonly RequestPace pace;

    public RequestPaceTests() => pace = new RequestPace(time, pauses.Add);

    [Fact]
    public async Task Without_failures_no_request_waits()
    {
        for (var i = 0; i < 100; i++) pace.Succeeded(await TurnAsync());
        Assert.Empty(time.Waits);
    }

    [Fact]
    public async Task Pauses_double_to_a_minute_until_a_request_succeeds()
    {
        for (var i = 0; i < 70; i++) Fail(await TurnAsync());
        pace.Succeeded(await TurnAsync());
        Fail(await TurnAsync());
        await TurnAsync();

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], time.Waits.Take(8).Select(wait => wait.TotalSeconds));
        Assert.Equal([60, 1], time.Waits.Skip(69).Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Requests_that_fail_together_count_once()
    {
        RequestTurn[] together = [await TurnAsync(), await TurnAsync(), await TurnAsync()];
        foreach (var turn in together) Fail(turn);
        await TurnAsync();
        Assert.Equal([1], time.Waits.Select(wait => wait.TotalSeconds));
        Assert.Single(pauses);
    }

    [Fact]
    public async Task Of_requests_that_fail_together_the_longest_wait_holds()
    {
        RequestTurn[] together = [await TurnAsync(), await TurnAsync(), await TurnAsync()];
        SlowDown(together[0], retryAfter: 10);
        SlowDown(together[1], retryAfter: 30);
        SlowDown(together[2], retryAfter: 20);
        await TurnAsync();
        Assert.Equal([30], time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task A_success_from_before_the_pause_does_not_end_it()
    {
        RequestTurn[] together = [await TurnAsync(), await TurnAsync()];
        Fail(together[0]);
        pace.Succeeded(together[1]);
        Fail(await TurnAsync());
        await TurnAsync();
        Assert.Equal([1, 2], time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task If_Belco_asks_to_slow_down_requests_are_spread_and_recover_slowly()
    {
        SlowDown(await TurnAsync(), retryAfter: 1);
        SlowDown(await TurnAsync(), retryAfter: 2);
        SlowDown(await TurnAsync(), retryAfter: 4);
        List<double> spaces = [];
        while (spaces is not [.., 0.0] && spaces.Count < 1_000)
        {
            pace.Succeeded(await TurnAsync());
            var before = time.GetUtcNow();
            await TurnAsync();
            spaces.Add((time.GetUtcNow() - before).TotalMilliseconds);
        }

        Assert.InRange(spaces[0], 380, 400);
        Assert.InRange(spaces.Count, 100, 300);
        Assert.Equal(spaces.OrderDescending(), spaces);
    }

    [Fact]
    public async Task A_failure_of_another_kind_does_not_spread_the_requests()
    {
        Fail(await TurnAsync());
        await TurnAsync();
        await TurnAsync();
        Assert.Equal([1], time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task Requests_are_at_most_ten_seconds_apart()
    {
        for (var i = 0; i < 20; i++) SlowDown(await TurnAsync(), retryAfter: null);
        await TurnAsync();
        await TurnAsync();
        Assert.Equal(10, time.Waits[^1].TotalSeconds);
    }

    private Task<RequestTurn> TurnAsync() => pace.WaitAsync(CancellationToken.None);

    private void Fail(RequestTurn turn) => pace.Failed(turn, "Belco answers 500", asksToSlowDown: false, retryAfter: null);

    private void SlowDown(RequestTurn turn, int? retryAfter) => pace.Failed(
        turn, "Belco asks to slow down", asksToSlowDown: true,
        retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
}
