using BelcoFunctions.ServiceBusBroker;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Tests.DeadLetters;

/// <summary>Redrives and previews, through the real client of Service Bus.</summary>
public sealed class BrokerRedriveTests : IAsyncLifetime
{
    private const string Closed = BrokerApp.Closed;
    private const string Replied = QueueNames.ConversationReplied;

    private readonly FakeTimeProvider brokerTime = new(DateTimeOffset.UtcNow.AddDays(-1));
    private readonly BrokerApp app;

    public BrokerRedriveTests() => app = new BrokerApp(new BrokerOptions { Time = brokerTime });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await app.DisposeAsync();

    [Fact]
    public async Task A_dead_letter_becomes_a_new_message_of_its_queue_and_is_gone()
    {
        app.AddDeadLetters(Closed, new ServiceBusMessage("body")
        {
            MessageId = "request.item",
            Subject = "conversation.closed",
            ContentType = "application/json",
            ApplicationProperties = { ["requestId"] = "request", ["failures"] = 9 },
        });

        await AssertRedriveAsync(moved: 1);

        var copy = Assert.Single(app.Queue.Messages);
        Assert.Equal(("request.item/1", "conversation.closed", "application/json", "body", DeadLetterRedrive.TimeToLive),
            (copy.MessageId, copy.Subject, copy.ContentType, copy.Body.ToString(), copy.TimeToLive));
        // The copy has neither the reasons nor the number of its failures.
        Assert.Equal("requestId", Assert.Single(copy.ApplicationProperties).Key);
        Assert.Empty(app.Queue.DeadLetters.Messages);
    }

    [Fact]
    public async Task A_limited_redrive_moves_the_oldest_of_all_queues_and_nothing_stays_locked()
    {
        foreach (var (queue, id) in new[] { (Closed, "1"), (Replied, "2"), (Closed, "3"), (Closed, "4"), (Replied, "5") })
        {
            app.AddDeadLetters(queue, id);
            brokerTime.Advance(TimeSpan.FromMinutes(1));
        }

        await AssertPreviewAsync("?dryRun=true&limit=3", "conversation-closed Failed 2, conversation-replied Failed 1");
        await AssertRedriveAsync(moved: 3, more: true, query: "?limit=3");

        Assert.Equal(["1/1", "3/3"], app.Queue.Messages.Select(message => message.MessageId));
        Assert.Equal(["2/2"], app.Broker[Replied].Messages.Select(message => message.MessageId));
        await AssertRedriveAsync(moved: 2);
    }

    [Fact]
    public async Task A_dry_run_counts_all_and_changes_nothing()
    {
        app.AddDeadLetters(Closed, Enumerable.Range(0, 300).Select(number => $"{number}"));
        app.Broker.Faults.Before = operation => operation.Kind is BrokerOperationKind.Open or BrokerOperationKind.Peek ? null
            : throw new InvalidOperationException($"A dry run must not {operation.Kind}.");

        await AssertPreviewAsync("?dryRun=true", "conversation-closed Failed 300");

        Assert.Equal((300, 0), (app.Queue.DeadLetters.Messages.Count, app.Queue.DeadLetters.Locked.Count));
    }

    [Fact]
    public async Task Five_hundred_dead_letters_are_moved_in_one_run()
    {
        app.AddDeadLetters(Closed, Enumerable.Range(0, 251).Select(number => $"{number}"));
        app.AddDeadLetters(Replied, Enumerable.Range(0, 250).Select(number => $"{number}"));
        await AssertRedriveAsync(moved: 500, more: true);
        await AssertRedriveAsync(moved: 1);
        Assert.Equal((251, 250), (app.Queue.Messages.Count, app.Broker[Replied].Messages.Count));
    }

    [Fact]
    public async Task A_dead_letter_that_another_run_has_locked_waits_for_the_next_run()
    {
        app.AddDeadLetters(Closed, "1");
        app.Queue.DeadLetters.Receive(1);
        await AssertRedriveAsync(moved: 0, more: true);

        brokerTime.Advance(TimeSpan.FromMinutes(5));
        await AssertRedriveAsync(moved: 1);
    }

    [Fact]
    public async Task Lost_locks_during_a_run_cause_no_lost_event_and_no_second_copy()
    {
        app.AddDeadLetters(Closed, Enumerable.Range(0, 10).Select(number => $"{number}"));
        var sends = 0;
        app.Broker.Faults.After = operation =>
        {
            if (operation.Kind is BrokerOperationKind.Send && ++sends == 4) app.Queue.DeadLetters.ExpireLocks();
        };

        await AssertRedriveAsync(moved: 10);

        Assert.Equal((10, 10), (sends, app.Queue.Messages.Count));
        Assert.Contains("conversation-closed: a dead letter could not be removed: MessageLockLost", app.Log<DeadLetterRedrive>());
    }

    [Fact]
    public async Task A_dead_letter_that_the_queue_removed_has_moved_although_its_answer_was_lost()
    {
        app.AddDeadLetters(Closed, "1", "2", "3", "4", "5");
        app.Broker.Faults.After = operation =>
        {
            if (operation is { Kind: BrokerOperationKind.Complete, MessageId: "2" or "4" }) app.Broker.Network.Cut();
        };

        await AssertRedriveAsync(moved: 5);

        Assert.Equal(5, app.Queue.Messages.Count);
        Assert.Equal("Redrive: 5 moved, 0 remaining, 0 skipped", Assert.Single(app.Log<DeadLetterRedrive>()));
    }

    [Fact]
    public async Task A_queue_that_does_not_answer_when_a_receiver_closes_changes_no_answer()
    {
        app.AddDeadLetters(Closed, "1", "2", "3");
        app.Broker.Faults.IgnoresDrain = true;
        await AssertRedriveAsync(moved: 3);
    }

    private async Task AssertRedriveAsync(int moved, bool more = false, string query = "")
    {
        var text = (await app.RedriveAsync(query)).Text;
        Assert.Equal($$"""{"moved":{{moved}},"remaining":0,"skipped":0,"more":{{(more ? "true" : "false")}}}""", text);
        // Messages that another run has locked stay locked.
        if (moved > 0) Assert.All(QueueNames.All, name => Assert.Empty(app.Broker[name].DeadLetters.Locked));
    }

    private async Task AssertPreviewAsync(string query, string groups) => Assert.Equal(groups, string.Join(", ",
        JsonNode.Parse((await app.RedriveAsync(query)).Text)!["groups"]!.AsArray()
            .Select(group => $"{group!["queue"]} {group["reason"]} {group["count"]}")));
}
