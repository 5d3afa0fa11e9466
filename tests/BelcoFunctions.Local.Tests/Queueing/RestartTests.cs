using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Local.Tests.Queueing;

/// <summary>What a queue delivers when its file is opened again.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private static readonly TimeSpan CompletedRetention = TimeSpan.FromSeconds(30);

    private readonly OpenQueue open = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await open.DisposeAsync();

    [Fact]
    public async Task What_was_acknowledged_is_delivered()
    {
        await open.EnqueueAsync("one", "two");

        await open.ReopenAsync();

        Assert.Equal(["one", "two"], (await open.ReceiveDueIdsAsync()).Order());
    }

    [Fact]
    public async Task What_was_received_and_not_settled_is_delivered_at_once()
    {
        await open.EnqueueAsync("one");
        await open.ReceiveDueAsync();

        await open.ReopenAsync();

        Assert.Equal(2, Assert.Single(await open.ReceiveDueAsync()).DeliveryCount);
    }

    [Fact]
    public async Task What_was_released_is_delivered_at_once_with_its_errors()
    {
        await open.EnqueueAsync("one");
        await open.SettleDueAsync(new Settlement.Abandon(3, "busy"));

        await open.ReopenAsync();

        Assert.Equal(3, Assert.Single(await open.ReceiveDueAsync()).Failures);
    }

    [Fact]
    public async Task What_was_completed_just_before_is_delivered_since_the_storage_may_have_lost_it()
    {
        await open.EnqueueAsync("one");
        await open.SettleDueAsync(new Settlement.Complete());

        await open.ReopenAsync();

        Assert.Equal(["one"], await open.ReceiveDueIdsAsync());
    }

    [Fact]
    public async Task What_was_completed_long_before_is_not_delivered()
    {
        await open.EnqueueAsync("old");
        await open.SettleDueAsync(new Settlement.Complete());
        open.Time.Advance(CompletedRetention + TimeSpan.FromSeconds(1));
        await open.EnqueueAsync("new");
        await open.SettleDueAsync(new Settlement.Complete());

        await open.ReopenAsync();

        Assert.Equal(["new"], await open.ReceiveDueIdsAsync());
    }

    [Fact]
    public async Task Dead_letters_stay_dead_letters()
    {
        await open.EnqueueAsync("one");
        await open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));

        await open.ReopenAsync();

        Assert.Empty(await open.ReceiveDueAsync());
    }
}
