namespace BelcoFunctions.Cli.Tests.Serve.Queue;

public sealed class SqliteQueueTests : QueueTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task An_event_comes_out_as_it_went_in()
    {
        var sent = OpenQueue.Event("one");
        await Open.Queue.EnqueueAsync(sent, CancellationToken.None);

        var delivery = Assert.Single(await Open.ReceiveDueAsync());

        Assert.Equal(sent with { Body = default }, delivery.Event with { Body = default });
        Assert.Equal(sent.Body.ToArray(), delivery.Event.Body.ToArray());
        Assert.Equal((1, 0), (delivery.DeliveryCount, delivery.Failures));
    }

    [Fact]
    public async Task An_event_goes_to_its_own_queue_only()
    {
        await Open.Queue.EnqueueAsync(OpenQueue.Event("other", QueueNames.UnprojectedEvents), CancellationToken.None);

        Assert.Empty(await Open.ReceiveDueAsync());
        Assert.Single(await Open.ReceiveDueAsync(QueueNames.UnprojectedEvents));
    }

    [Fact]
    public async Task A_receiver_that_waits_is_woken_by_the_next_event()
    {
        var receiving = Open.Queue.ReceiveAsync(OpenQueue.Name, 10, CancellationToken.None);

        await Open.EnqueueAsync("one");

        Assert.Equal("one", Assert.Single(await receiving).Event.RequestId);
    }

    [Fact]
    public async Task Batches_have_the_oldest_events_first_up_to_their_size()
    {
        string[] sent = [.. Enumerable.Range(0, 20).Select(number => $"{19 - number}")];
        foreach (var requestId in sent) await Open.EnqueueAsync(requestId);

        List<string> received = [];
        while (received.Count < sent.Length)
        {
            var batch = await Open.Queue.ReceiveAsync(OpenQueue.Name, 3, CancellationToken.None);
            Assert.Equal(Math.Min(3, sent.Length - received.Count), batch.Count);
            received.AddRange(batch.Select(delivery => delivery.Event.RequestId));
            await Open.Queue.SettleAsync([.. batch.Select(delivery => (delivery, (Settlement)new Settlement.Complete()))]);
        }

        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task A_received_event_stays_due_until_it_is_settled_and_only_then_counts_as_delivered()
    {
        await Open.EnqueueAsync("one");
        for (var times = 0; times < 2; times++) Assert.Equal(1, Assert.Single(await Open.ReceiveDueAsync()).DeliveryCount);

        await Open.SettleDueAsync(new Settlement.Abandon(0, "busy"));
        Open.Time.Advance(Backoff.Max);

        for (var times = 0; times < 2; times++) Assert.Equal(2, Assert.Single(await Open.ReceiveDueAsync()).DeliveryCount);
    }

    [Fact]
    public async Task Receiving_waits_for_no_writer()
    {
        await Open.EnqueueAsync("one");
        using var other = QueueDatabase.Open(Open.Folder, create: false);
        other.Execute("BEGIN IMMEDIATE");

        Assert.Single(await Open.ReceiveDueAsync());
    }

    [Fact]
    public async Task An_abandoned_event_is_hidden_until_its_backoff_is_over()
    {
        await Open.EnqueueAsync("one");
        await Open.SettleDueAsync(new Settlement.Abandon(0, "busy"));

        Open.Time.Advance(Backoff.Delay(1, random: 1) - Moment);
        Assert.Empty(await Open.ReceiveDueAsync());

        Open.Time.Advance(Backoff.Delay(1, random: 0) - Backoff.Delay(1, random: 1) + Moment);
        Assert.Single(await Open.ReceiveDueAsync());
    }

    [Fact]
    public async Task The_backoff_grows_with_the_deliveries_up_to_its_maximum()
    {
        await Open.EnqueueAsync("one");
        for (var deliveries = 1; deliveries <= 12; deliveries++)
        {
            await Open.SettleDueAsync(new Settlement.Abandon(0, "busy"));
            Assert.Empty(await Open.ReceiveDueAsync());
            Open.Time.Advance(Backoff.Delay(deliveries, random: 0));
        }

        Assert.Equal(13, Assert.Single(await Open.ReceiveDueAsync()).DeliveryCount);
    }

    [Fact]
    public async Task Failures_are_carried_from_delivery_to_delivery()
    {
        await Open.EnqueueAsync("one");
        await Open.SettleDueAsync(new Settlement.Abandon(7, "broken"));
        Open.Time.Advance(Backoff.Max);

        Assert.Equal(7, Assert.Single(await Open.ReceiveDueAsync()).Failures);
    }

    [Fact]
    public async Task A_completed_event_is_never_delivered_again()
    {
        await Open.EnqueueAsync("one");
        await Open.SettleDueAsync(new Settlement.Complete());
        Open.Time.Advance(TimeSpan.FromDays(1));

        Assert.Empty(await Open.ReceiveDueAsync());
    }

    [Fact]
    public async Task Settlements_are_made_together_or_not_at_all()
    {
        await Open.EnqueueAsync("one", "two");
        var deliveries = await Open.ReceiveDueAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => Open.Queue.SettleAsync(
            [(deliveries[0], new Settlement.Complete()), (deliveries[1], new Settlement.DeadLetter(null!, "no reason"))]));

        Assert.Equal(["one", "two"], await Open.ReceiveDueIdsAsync());
    }
}
