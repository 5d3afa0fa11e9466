namespace BelcoFunctions.Cli.Tests.Serve.Queue;

/// <summary>Deliveries of a queue whose file is opened again.</summary>
public sealed class RestartTests : QueueTests
{
    private static readonly TimeSpan CompletedRetention = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_acknowledged_event_is_delivered()
    {
        await Open.EnqueueAsync("one", "two");

        await Open.ReopenAsync();

        Assert.Equal(["one", "two"], await Open.ReceiveDueIdsAsync());
    }

    [Fact]
    public async Task An_event_that_was_received_and_not_settled_is_delivered_at_once()
    {
        await Open.EnqueueAsync("one");
        await Open.ReceiveDueAsync();

        await Open.ReopenAsync();

        Assert.Equal(1, Assert.Single(await Open.ReceiveDueAsync()).DeliveryCount);
    }

    [Fact]
    public async Task An_abandoned_event_is_delivered_at_once_with_its_deliveries_and_failures()
    {
        await Open.EnqueueAsync("one");
        await Open.SettleDueAsync(new Settlement.Abandon(3, "busy"));

        await Open.ReopenAsync();

        var delivery = Assert.Single(await Open.ReceiveDueAsync());
        Assert.Equal((2, 3), (delivery.DeliveryCount, delivery.Failures));
    }

    [Fact]
    public async Task An_event_completed_just_before_is_delivered_because_the_storage_may_have_lost_it()
    {
        await Open.EnqueueAsync("one");
        await Open.SettleDueAsync(new Settlement.Complete());

        await Open.ReopenAsync();

        Assert.Equal(["one"], await Open.ReceiveDueIdsAsync());
    }

    [Fact]
    public async Task An_event_completed_long_before_is_not_delivered()
    {
        await Open.EnqueueAsync("old");
        await Open.SettleDueAsync(new Settlement.Complete());
        Open.Time.Advance(CompletedRetention + TimeSpan.FromSeconds(1));
        await Open.EnqueueAsync("new");
        await Open.SettleDueAsync(new Settlement.Complete());

        await Open.ReopenAsync();

        Assert.Equal(["new"], await Open.ReceiveDueIdsAsync());
    }

    [Fact]
    public async Task Dead_letters_stay_dead_letters()
    {
        await Open.EnqueueAsync("one");
        await Open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));

        await Open.ReopenAsync();

        Assert.Empty(await Open.ReceiveDueAsync());
    }
}
