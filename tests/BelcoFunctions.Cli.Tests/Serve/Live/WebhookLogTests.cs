using BelcoFunctions.Cli.Serve.Live;
using BelcoFunctions.Viewer.Live;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Cli.Tests.Serve.Live;

public sealed class WebhookLogTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly MinuteHistory history;
    private readonly WebhookLog log;

    public WebhookLogTests()
    {
        history = new MinuteHistory(time);
        log = new WebhookLog(history, time);
        time.Advance(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void It_keeps_the_last_thousand_and_says_how_many_a_slow_reader_missed()
    {
        for (var number = 0; number < 10; number++) Receive(Event($"r{number}"));
        var before = log.ReadSince(null);
        for (var number = 10; number < WebhookLog.Capacity + 30; number++) Receive(Event($"r{number}"));

        var changes = log.ReadSince(before.Cursor);

        Assert.Equal((20, WebhookLog.Capacity), (changes.Dropped, changes.Webhooks.Count));
        Assert.Equal(("r30", "r1029"), (changes.Webhooks[0].RequestId, changes.Webhooks[^1].RequestId));
        Assert.Equal((0, 0), (log.ReadSince(changes.Cursor).Dropped, log.ReadSince(changes.Cursor).Webhooks.Count));
    }

    [Fact]
    public void A_reader_gets_only_what_arrived_or_changed()
    {
        var (one, two) = (Event("one"), Event("two"));
        Receive(one);
        Receive(two);
        var cursor = log.ReadSince(null).Cursor;
        Process(one, new DeliveryOutcome.Projected());

        var changed = Assert.Single(log.ReadSince(cursor).Webhooks);

        Assert.Equal(("one", ProjectionOutcome.Projected), (changed.RequestId, changed.Projection?.Outcome));
        Assert.Equal("shop/conversation", $"{changed.ShopId}/{changed.ConversationId}");
    }

    [Fact]
    public void A_waiting_reader_is_notified_of_an_arrival_and_of_a_change()
    {
        var e = Event("one");
        var arrival = log.WhenChanged(log.Version);
        Assert.False(arrival.IsCompleted);
        Receive(e);
        Assert.True(arrival.IsCompleted);

        var change = log.WhenChanged(log.Version);
        Assert.False(change.IsCompleted);
        Process(e, new DeliveryOutcome.Projected());
        Assert.True(change.IsCompleted);
        Assert.True(log.WhenChanged(seen: 1).IsCompleted);
    }

    [Fact]
    public void A_webhook_that_is_sent_again_has_a_row_and_an_outcome_of_its_own()
    {
        var first = Event("same");
        Receive(first);
        time.Advance(TimeSpan.FromSeconds(5));
        var again = Event("same");
        Receive(again);

        Process(again, new DeliveryOutcome.Duplicate());
        Process(first, new DeliveryOutcome.Projected());

        Assert.Equal([ProjectionOutcome.Projected, ProjectionOutcome.Duplicate], Outcomes());
    }

    [Fact]
    public void Even_in_the_same_millisecond_both_get_an_outcome()
    {
        var (first, again) = (Event("same"), Event("same"));
        Receive(first);
        Receive(again);
        Process(first, new DeliveryOutcome.Projected());
        Process(again, new DeliveryOutcome.Duplicate());
        Assert.Equal([ProjectionOutcome.Projected, ProjectionOutcome.Duplicate], Outcomes());
    }

    [Fact]
    public void A_delivery_processed_before_its_answer_is_reported_is_not_lost()
    {
        var (fast, other) = (Event("fast"), Event("other"));
        Process(fast, new DeliveryOutcome.Projected());
        Receive(other);
        Receive(fast);
        Assert.Equal([null, ProjectionOutcome.Projected], Outcomes());
    }

    [Fact]
    public void A_retried_event_says_why_until_it_is_projected()
    {
        var e = Event("r");
        Receive(e);
        Process(e, new DeliveryOutcome.RetryLater("The store is away."));
        Assert.Equal(ProjectionOutcome.Retrying, Assert.Single(Outcomes()));
        Assert.Equal("The store is away.", log.ReadSince(null).Webhooks[0].Projection!.Reason);

        time.Advance(TimeSpan.FromSeconds(2));
        Process(e, new DeliveryOutcome.Projected());
        Assert.Equal(new LiveProjection(ProjectionOutcome.Projected, TimeSpan.FromSeconds(2), null),
            log.ReadSince(null).Webhooks[0].Projection);
    }

    [Fact]
    public void A_dead_letter_says_why()
    {
        var (never, failed) = (Event("never"), Event("failed"));
        Receive(never);
        Receive(failed);
        Process(never, new DeliveryOutcome.NeverProjectable("Its blob is missing."));
        Process(failed, new DeliveryOutcome.Failed("An unexpected error."), Settlement.MaxFailures - 1);
        Assert.Equal([ProjectionOutcome.DeadLettered, ProjectionOutcome.DeadLettered], Outcomes());
        Assert.Equal(["Its blob is missing.", "An unexpected error."],
            log.ReadSince(null).Webhooks.Select(webhook => webhook.Projection!.Reason));
    }

    [Fact]
    public void Live_remembers_only_short_values_of_a_webhook()
    {
        var huge = new string('x', 1_000_000);
        var e = Event(huge) with { EventName = huge, ItemId = null, Reason = huge, Queue = QueueNames.UnprojectedEvents };
        log.Received(new ReceivedWebhook(new ReceiveOutcome.Queued(huge, e.Queue), TimeSpan.Zero, e, huge, huge));
        Process(e, new DeliveryOutcome.Kept());

        var kept = Assert.Single(log.ReadSince(null).Webhooks);

        Assert.All((string?[])[kept.EventName, kept.RequestId, kept.ShopId, kept.ConversationId, kept.Reason],
            text => Assert.InRange(text!.Length, 1, 500));
        Assert.Equal(ProjectionOutcome.Kept, kept.Projection!.Outcome);
    }

    [Fact]
    public void A_reader_of_an_earlier_start_gets_everything_and_is_told_so()
    {
        Receive(Event("r"));
        foreach (var cursor in (string[])["1.5.5", "0.0.0", log.ReadSince(null).Cursor with { Version = 900 } + ""])
        {
            var changes = log.ReadSince(LiveCursor.Parse(cursor));
            Assert.Equal((true, 1), (changes.Restarted, changes.Webhooks.Count));
        }

        Assert.False(log.ReadSince(null).Restarted);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1.2")]
    [InlineData("1.2.-3")]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.99999999999999999999")]
    public void An_invalid_cursor_counts_as_no_cursor(string? text) => Assert.Null(LiveCursor.Parse(text));

    [Fact]
    public void Many_at_once_lose_nothing()
    {
        QueuedEvent[] events = [.. Enumerable.Range(0, WebhookLog.Capacity).Select(number => Event($"r{number}"))];
        Parallel.ForEach(events, e =>
        {
            Receive(e);
            Process(e, new DeliveryOutcome.Projected());
        });
        var webhooks = log.ReadSince(null).Webhooks;
        Assert.Equal(Enumerable.Range(1, WebhookLog.Capacity), webhooks.Select(webhook => (int)webhook.Number));
        Assert.All(webhooks, webhook => Assert.NotNull(webhook.Projection));
        Assert.Equal(WebhookLog.Capacity, history.Read()[^1].Queued);
    }

    private QueuedEvent Event(string requestId) => OpenEvent(requestId, time.GetUtcNow());

    private static QueuedEvent OpenEvent(string requestId, DateTimeOffset at) => new()
    {
        Queue = QueueNames.ConversationReplied,
        EventName = "conversation.replied",
        RequestId = requestId,
        ItemId = "item",
        ReceivedAt = at,
        Body = Encoding.UTF8.GetBytes("{}"),
    };

    private void Receive(QueuedEvent e) => log.Received(new ReceivedWebhook(
        new ReceiveOutcome.Queued(e.RequestId, e.Queue), TimeSpan.FromMilliseconds(2), e, "shop", "conversation"));

    private void Process(QueuedEvent e, DeliveryOutcome outcome, int failures = 0) =>
        log.Settled(e, outcome, Settlement.From(outcome, failures));

    private IEnumerable<ProjectionOutcome?> Outcomes() =>
        log.ReadSince(null).Webhooks.Select(webhook => webhook.Projection?.Outcome);
}
