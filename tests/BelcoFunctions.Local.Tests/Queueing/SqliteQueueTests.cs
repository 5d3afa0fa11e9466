using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Local.Tests.Queueing;

public sealed class SqliteQueueTests : IAsyncLifetime
{
    private static readonly TimeSpan VisibilityTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly OpenQueue open = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await open.DisposeAsync();

    [Fact]
    public async Task An_event_comes_out_as_it_went_in()
    {
        var sent = OpenQueue.Event("one");
        await open.Queue.EnqueueAsync(sent, CancellationToken.None);

        var delivery = Assert.Single(await open.ReceiveDueAsync());

        Assert.Equal(sent with { Body = default }, delivery.Event with { Body = default });
        Assert.Equal(sent.Body.ToArray(), delivery.Event.Body.ToArray());
        Assert.Equal((1, 0), (delivery.DeliveryCount, delivery.Failures));
    }

    [Fact]
    public async Task An_event_goes_to_its_own_queue_only()
    {
        await open.Queue.EnqueueAsync(OpenQueue.Event("other", QueueNames.UnprojectedEvents), CancellationToken.None);

        Assert.Empty(await open.ReceiveDueAsync());
        Assert.Single(await open.ReceiveDueAsync(QueueNames.UnprojectedEvents));
    }

    [Fact]
    public async Task A_receiver_that_waits_is_woken_by_the_next_event()
    {
        var receiving = open.Queue.ReceiveAsync(OpenQueue.Name, 10, CancellationToken.None);

        await open.EnqueueAsync("one");

        Assert.Equal("one", Assert.Single(await receiving).Event.RequestId);
    }

    [Fact]
    public async Task A_batch_has_the_oldest_events_up_to_its_size()
    {
        foreach (var requestId in new[] { "one", "two", "three" }) await open.EnqueueAsync(requestId);

        var batch = await open.Queue.ReceiveAsync(OpenQueue.Name, 2, CancellationToken.None);

        Assert.Equal(["one", "two"], batch.Select(delivery => delivery.Event.RequestId).Order());
    }

    [Fact]
    public async Task What_was_received_and_not_settled_is_hidden_until_the_visibility_timeout()
    {
        await open.EnqueueAsync("one");
        Assert.Single(await open.ReceiveDueAsync());

        open.Time.Advance(VisibilityTimeout - Moment);
        Assert.Empty(await open.ReceiveDueAsync());

        open.Time.Advance(Moment);
        Assert.Equal(2, Assert.Single(await open.ReceiveDueAsync()).DeliveryCount);
    }

    [Fact]
    public async Task What_is_released_is_hidden_until_its_back_off_is_over()
    {
        await open.EnqueueAsync("one");
        await open.SettleDueAsync(new Settlement.Abandon(0, "busy"));

        open.Time.Advance(Backoff.Delay(1, random: 1) - Moment);
        Assert.Empty(await open.ReceiveDueAsync());

        open.Time.Advance(Backoff.Delay(1, random: 0) - Backoff.Delay(1, random: 1) + Moment);
        Assert.Single(await open.ReceiveDueAsync());
    }

    [Fact]
    public async Task The_back_off_grows_with_the_deliveries_up_to_its_longest()
    {
        await open.EnqueueAsync("one");
        for (var deliveries = 1; deliveries <= 12; deliveries++)
        {
            await open.SettleDueAsync(new Settlement.Abandon(0, "busy"));
            Assert.Empty(await open.ReceiveDueAsync());
            open.Time.Advance(Backoff.Delay(deliveries, random: 0));
        }

        Assert.Equal(13, Assert.Single(await open.ReceiveDueAsync()).DeliveryCount);
    }

    [Fact]
    public async Task Unexpected_errors_are_carried_from_delivery_to_delivery()
    {
        await open.EnqueueAsync("one");
        await open.SettleDueAsync(new Settlement.Abandon(7, "broken"));
        open.Time.Advance(Backoff.Max);

        Assert.Equal(7, Assert.Single(await open.ReceiveDueAsync()).Failures);
    }

    [Fact]
    public async Task What_is_completed_never_comes_again()
    {
        await open.EnqueueAsync("one");
        await open.SettleDueAsync(new Settlement.Complete());
        open.Time.Advance(TimeSpan.FromDays(1));

        Assert.Empty(await open.ReceiveDueAsync());
    }

    [Fact]
    public async Task Settlements_are_made_together_or_not_at_all()
    {
        await open.EnqueueAsync("one", "two");
        var deliveries = await open.ReceiveDueAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => open.Queue.SettleAsync(
            [(deliveries[0], new Settlement.Complete()), (deliveries[1], new Settlement.DeadLetter(null!, "no reason"))]));

        open.Time.Advance(VisibilityTimeout);
        Assert.Equal(2, (await open.ReceiveDueAsync()).Count);
    }
}
