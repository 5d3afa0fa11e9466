using Azure;
using BelcoFunctions.Pipeline.Queries.Search;

namespace BelcoFunctions.Pipeline.Tests.Queries.Search;

public sealed class BusyStoreTests
{
    private readonly Pauses time = new();

    [Fact]
    public async Task Each_busy_answer_doubles_the_pause_and_each_other_answer_halves_it()
    {
        var (store, left) = (new BusyStore(time), 6);
        for (var read = 0; read < 6; read++)
        {
            Assert.Equal(read, await store.ReadAsync(
                _ => left-- > 0 ? throw Error(503) : Task.FromResult(read), CancellationToken.None));
        }

        // Six busy answers, then five reads that follow a good one. The last has no pause.
        Assert.Equal([250, 500, 1_000, 2_000, 4_000, 4_000, 2_000, 1_000, 500, 250],
            time.Asked.Select(pause => pause.TotalMilliseconds));
    }

    [Fact]
    public async Task Another_error_is_not_tried_again()
    {
        var tries = 0;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new BusyStore(time).ReadAsync<int>(_ =>
        {
            tries++;
            throw Error(500);
        }, CancellationToken.None));
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task The_pause_can_be_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new BusyStore(TimeProvider.System).ReadAsync<int>(_ =>
        {
            stop.Cancel();
            throw Error(503);
        }, stop.Token));
    }

    private static StoreUnavailableException Error(int status) => new(new RequestFailedException(status, "It failed."));

    /// <summary>Notes each pause, and does not wait.</summary>
    private sealed class Pauses : TimeProvider
    {
        public List<TimeSpan> Asked { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Asked.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
