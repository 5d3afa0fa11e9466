using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Local.Tests.Queueing;

public sealed class DeadLettersTests : IAsyncLifetime
{
    private readonly OpenQueue open = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await open.DisposeAsync();

    [Fact]
    public async Task A_dead_letter_keeps_what_it_was_and_why_and_when_it_was_given_up()
    {
        await open.EnqueueAsync("one");
        await open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));

        using var queues = QueueDatabase.Open(open.Folder, create: false);
        Assert.Equal(
            new DeadLetter(
                OpenQueue.Name, open.Time.GetUtcNow(), 1, "NeverProjectable", "not an event", "one", "conversation.replied"),
            Assert.Single(DeadLetters.List(queues)));
        Assert.Empty(await open.ReceiveDueAsync());
    }

    [Fact]
    public async Task A_redriven_event_is_as_new()
    {
        var sent = OpenQueue.Event("one");
        await open.Queue.EnqueueAsync(sent, CancellationToken.None);
        await open.SettleDueAsync(new Settlement.Abandon(9, "broken"));
        open.Time.Advance(Backoff.Max);
        await open.SettleDueAsync(new Settlement.DeadLetter("Failed", "broken"));

        using var queues = QueueDatabase.Open(open.Folder, create: false);
        Assert.Equal(1, DeadLetters.Redrive(queues, queue: null));

        Assert.Empty(DeadLetters.List(queues));
        var delivery = Assert.Single(await open.ReceiveDueAsync());
        Assert.Equal(sent with { Body = default }, delivery.Event with { Body = default });
        Assert.Equal(sent.Body.ToArray(), delivery.Event.Body.ToArray());
        Assert.Equal((1, 0), (delivery.DeliveryCount, delivery.Failures));
    }

    [Fact]
    public async Task A_redrive_may_be_of_one_queue()
    {
        await open.Queue.EnqueueAsync(OpenQueue.Event("one"), CancellationToken.None);
        await open.Queue.EnqueueAsync(OpenQueue.Event("two", QueueNames.UnprojectedEvents), CancellationToken.None);
        foreach (var name in new[] { OpenQueue.Name, QueueNames.UnprojectedEvents })
        {
            var delivery = Assert.Single(await open.ReceiveDueAsync(name));
            await open.Queue.SettleAsync([(delivery, new Settlement.DeadLetter("NeverProjectable", "not an event"))]);
        }

        using var queues = QueueDatabase.Open(open.Folder, create: false);
        Assert.Equal(1, DeadLetters.Redrive(queues, QueueNames.UnprojectedEvents));

        Assert.Equal("one", Assert.Single(DeadLetters.List(queues)).RequestId);
        Assert.Single(await open.ReceiveDueAsync(QueueNames.UnprojectedEvents));
    }

    [Fact]
    public async Task A_redriven_event_that_dies_again_is_a_dead_letter_again()
    {
        await open.EnqueueAsync("one");
        using var queues = QueueDatabase.Open(open.Folder, create: false);
        for (var times = 0; times < 3; times++)
        {
            await open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));
            Assert.Equal(1, DeadLetters.Redrive(queues, queue: null));
        }

        Assert.Equal(["one"], await open.ReceiveDueIdsAsync());
    }

    [Fact]
    public async Task A_redriven_event_wakes_a_receiver_that_waits()
    {
        await open.EnqueueAsync("one");
        await open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));
        var receiving = open.Queue.ReceiveAsync(OpenQueue.Name, 10, CancellationToken.None);

        using var queues = QueueDatabase.Open(open.Folder, create: false);
        DeadLetters.Redrive(queues, queue: null);

        Assert.Single(await receiving);
    }
}
