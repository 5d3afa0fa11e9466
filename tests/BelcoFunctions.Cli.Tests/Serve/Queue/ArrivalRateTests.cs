using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Cli.Tests.Serve.Queue;

public sealed class ArrivalRateTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ArrivalRate rate;

    public ArrivalRateTests() => rate = new ArrivalRate(time);

    [Theory]
    [InlineData(0)]
    [InlineData(ArrivalRate.FastEvents - 1)]
    public async Task Nothing_waits_while_few_events_arrive(int events)
    {
        for (var count = 0; count < events; count++) rate.Add();

        await WithoutWaitingAsync();
    }

    [Fact]
    public async Task Nothing_waits_while_many_events_arrive_slowly()
    {
        for (var count = 0; count < 10 * ArrivalRate.FastEvents; count++)
        {
            rate.Add();
            time.Advance(Moment);
        }

        await WithoutWaitingAsync();
    }

    [Fact]
    public async Task A_projection_waits_until_events_no_longer_arrive_fast()
    {
        Burst();
        var waiting = rate.WaitWhileFastAsync(CancellationToken.None);
        Assert.False(waiting.IsCompleted);

        Burst();
        time.Advance(ArrivalRate.Step - Moment);
        Burst();
        time.Advance(Moment);
        Assert.False(waiting.IsCompleted);

        time.Advance(ArrivalRate.Step);
        await waiting;
    }

    [Fact]
    public async Task It_waits_at_most_a_second_however_long_events_arrive_fast()
    {
        var started = time.GetUtcNow();
        Burst();
        var waiting = rate.WaitWhileFastAsync(CancellationToken.None);
        while (!waiting.IsCompleted)
        {
            Burst();
            time.Advance(ArrivalRate.Step);
            Assert.True(time.GetUtcNow() - started <= ArrivalRate.LongestWait + ArrivalRate.Step, "It still waits.");
        }

        await waiting;
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        using var stopping = new CancellationTokenSource();
        Burst();
        var waiting = rate.WaitWhileFastAsync(stopping.Token);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private void Burst()
    {
        for (var count = 0; count < ArrivalRate.FastEvents; count++) rate.Add();
    }

    private async Task WithoutWaitingAsync()
    {
        var waiting = rate.WaitWhileFastAsync(CancellationToken.None);
        Assert.True(waiting.IsCompletedSuccessfully);
        await waiting;
    }
}
