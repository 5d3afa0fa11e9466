namespace BelcoFunctions.Local.Tests.Queueing;

public sealed class DeadLettersTests : QueueTests
{
    [Fact]
    public async Task A_dead_letter_has_its_event_its_reason_and_its_time()
    {
        await Open.EnqueueAsync("one");
        await Open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));

        using var queues = QueueDatabase.Open(Open.Folder, create: false);
        Assert.Equal(
            new DeadLetter(
                OpenQueue.Name, Open.Time.GetUtcNow(), 1, "NeverProjectable", "not an event", "one", "conversation.replied"),
            Assert.Single(DeadLetters.List(queues)));
        var statistics = Open.Queue.ReadStatistics().Single(queue => queue.Queue == OpenQueue.Name);
        Assert.Equal((0, 1), (statistics.Depth, statistics.DeadLetters));
        Assert.Empty(await Open.ReceiveDueAsync());
    }

    [Fact]
    public async Task A_redriven_event_is_delivered_as_if_for_the_first_time()
    {
        var sent = OpenQueue.Event("one");
        await Open.Queue.EnqueueAsync(sent, CancellationToken.None);
        await Open.SettleDueAsync(new Settlement.Abandon(9, "broken"));
        Open.Time.Advance(Backoff.Max);
        await Open.SettleDueAsync(new Settlement.DeadLetter("Failed", "broken"));

        using var queues = QueueDatabase.Open(Open.Folder, create: false);
        Assert.Equal(1, DeadLetters.Redrive(queues, queue: null));

        Assert.Empty(DeadLetters.List(queues));
        var delivery = Assert.Single(await Open.ReceiveDueAsync());
        Assert.Equal(sent with { Body = default }, delivery.Event with { Body = default });
        Assert.Equal(sent.Body.ToArray(), delivery.Event.Body.ToArray());
        Assert.Equal((1, 0), (delivery.DeliveryCount, delivery.Failures));
    }

    [Fact]
    public async Task A_redrive_may_be_of_one_queue()
    {
        await Open.Queue.EnqueueAsync(OpenQueue.Event("one"), CancellationToken.None);
        await Open.Queue.EnqueueAsync(OpenQueue.Event("two", QueueNames.UnprojectedEvents), CancellationToken.None);
        foreach (var name in new[] { OpenQueue.Name, QueueNames.UnprojectedEvents })
        {
            var delivery = Assert.Single(await Open.ReceiveDueAsync(name));
            await Open.Queue.SettleAsync([(delivery, new Settlement.DeadLetter("NeverProjectable", "not an event"))]);
        }

        using var queues = QueueDatabase.Open(Open.Folder, create: false);
        Assert.Equal(1, DeadLetters.Redrive(queues, QueueNames.UnprojectedEvents));

        Assert.Equal("one", Assert.Single(DeadLetters.List(queues)).RequestId);
        Assert.Empty(await Open.ReceiveDueAsync());
        Assert.Single(await Open.ReceiveDueAsync(QueueNames.UnprojectedEvents));
    }

    [Fact]
    public async Task A_redriven_event_that_fails_again_is_a_dead_letter_again()
    {
        await Open.EnqueueAsync("one");
        using var queues = QueueDatabase.Open(Open.Folder, create: false);
        for (var times = 0; times < 3; times++)
        {
            await Open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));
            Assert.Equal(1, DeadLetters.Redrive(queues, queue: null));
        }

        Assert.Equal(["one"], await Open.ReceiveDueIdsAsync());
    }

    [Fact]
    public async Task A_redriven_event_wakes_a_receiver_that_waits()
    {
        await Open.EnqueueAsync("one");
        await Open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));
        var receiving = Open.Queue.ReceiveAsync(OpenQueue.Name, 10, CancellationToken.None);
        // The queue does one thing after another: after some checks the receiver has found nothing, and waits.
        for (var checks = 0; checks < 20; checks++) await Open.Queue.CheckAsync(CancellationToken.None);

        using var queues = QueueDatabase.Open(Open.Folder, create: false);
        DeadLetters.Redrive(queues, queue: null);

        Assert.Single(await receiving.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
