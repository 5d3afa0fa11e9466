using NSubstitute.ExceptionExtensions;

namespace BelcoFunctions.Tests.ServiceBus;

/// <summary>How each message of a batch is settled.</summary>
public sealed class BatchSettlerTests : IAsyncDisposable
{
    private readonly TestApp app = new();

    private ServiceBusMessageActions Actions => app.Actions;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_projected_event_and_its_duplicate_are_completed()
    {
        var (first, second) = (Messages.Closed(shop: "any"), Messages.Closed(shop: "any"));
        await SettleAsync(first, second);
        await Actions.Received(1).CompleteMessageAsync(first, CancellationToken.None);
        await Actions.Received(1).CompleteMessageAsync(second, CancellationToken.None);
        Assert.Equal(2, Actions.ReceivedCalls().Count());
        Assert.Contains(app.Conversations.Rows, row => row.PartitionKey == "any");
    }

    [Fact]
    public async Task An_event_that_can_never_be_projected_is_dead_lettered_with_the_reason()
    {
        var message = Messages.From("hello"u8.ToArray());
        await SettleAsync(message);
        await DeadLetteredAsync(message, "NeverProjectable", "not a JSON object");
        Assert.Single(Actions.ReceivedCalls());
    }

    [Fact]
    public async Task An_event_that_fails_is_abandoned_and_its_failure_is_counted()
    {
        var (first, ninth) = (Messages.Closed(TableDouble.RejectedShop), Messages.Closed(TableDouble.RejectedShop, failures: 8));
        await SettleAsync(first);
        await SettleAsync(ninth);
        await app.AbandonedAsync(first, failures: 1);
        await app.AbandonedAsync(ninth, failures: 9);
    }

    [Fact]
    public async Task The_tenth_failure_is_the_last()
    {
        var message = Messages.Closed(TableDouble.RejectedShop, failures: 9);
        await SettleAsync(message);
        await DeadLetteredAsync(message, "Failed", "400 InvalidInput");
        Assert.Single(Actions.ReceivedCalls());
    }

    [Fact]
    public async Task An_outage_of_the_store_does_not_count_as_a_failure()
    {
        var message = Messages.Closed(TableDouble.UnavailableShop, failures: 9);
        await SettleAsync(message);
        await app.AbandonedAsync(message, failures: 9);
        Assert.Single(Actions.ReceivedCalls());
    }

    [Fact]
    public async Task Each_message_of_a_batch_is_settled_by_its_own_outcome()
    {
        var projected = Messages.Closed(shop: "any");
        var failed = Messages.Closed(TableDouble.RejectedShop);
        var never = Messages.From([]);
        var later = Messages.Closed(TableDouble.UnavailableShop);

        await SettleAsync(later, never, failed, projected);

        await Actions.Received(1).CompleteMessageAsync(projected, CancellationToken.None);
        await DeadLetteredAsync(never, "NeverProjectable", "The body is empty.");
        await app.AbandonedAsync(failed, failures: 1);
        await app.AbandonedAsync(later, failures: 0);
        Assert.Equal(4, Actions.ReceivedCalls().Count());
    }

    [Fact]
    public async Task A_lost_lock_is_logged_and_the_others_are_settled()
    {
        var (lost, kept) = (Messages.Closed(shop: "one"), Messages.Closed(shop: "another"));
        Actions.CompleteMessageAsync(lost, Arg.Any<CancellationToken>())
            .ThrowsAsync(new ServiceBusException("Too late.", ServiceBusFailureReason.MessageLockLost));

        await SettleAsync(lost, kept);

        await Actions.Received(1).CompleteMessageAsync(kept, CancellationToken.None);
        Assert.Equal("conversation-closed: a message could not be settled: MessageLockLost. It will be delivered again.",
            Assert.Single(app.Log.Lines));
    }

    [Fact]
    public async Task A_message_that_is_not_completed_is_logged_with_the_reason()
    {
        await SettleAsync(Messages.Closed(shop: "any"), Messages.From([]));
        Assert.Contains("The body is empty.", Assert.Single(app.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_batch_settles_nothing()
    {
        await SettleAsync();
        Assert.Empty(Actions.ReceivedCalls());
    }

    private async Task SettleAsync(params ServiceBusReceivedMessage[] messages)
    {
        var settling = app.Settler.HandleAsync(QueueNames.ConversationClosed, messages, Actions, CancellationToken.None);
        await app.Time.NextWaitAsync(); // It gives itself a deadline, and waits once more if it has messages to abandon.
        var wait = app.Time.NextWaitAsync();
        if (await Task.WhenAny(settling, wait) == wait) app.Time.Advance(await wait);
        await settling.WaitAsync(ManualTime.Limit);
    }

    private Task DeadLetteredAsync(ServiceBusReceivedMessage message, string reason, string description) =>
        Actions.Received(1).DeadLetterMessageAsync(
            message, null, reason, Arg.Is<string>(text => text.Contains(description)), CancellationToken.None);
}
