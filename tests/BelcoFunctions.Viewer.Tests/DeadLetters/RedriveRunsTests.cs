using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Cli.Serve.Repair;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Viewer.Tests.DeadLetters;

public sealed class RedriveRunsTests
{
    private readonly RedriveRuns runs = new(TimeProvider.System);

    [Fact]
    public void An_event_is_followed_from_its_queue_to_its_outcome()
    {
        var run = Begin(1);
        Assert.Equal((false, RepairState.Waiting, null), State(run));
        runs.Received([Delivery(1)]);
        Assert.Equal((false, RepairState.Projecting, null), State(run));
        runs.Settled(Delivery(1), new DeliveryOutcome.RetryLater("busy"), new Settlement.Abandon(0, "busy"));
        Assert.Equal((false, RepairState.Waiting, "Try 1 did not succeed: busy"), State(run));
        runs.Settled(Delivery(1), new DeliveryOutcome.Projected(), new Settlement.Complete());
        Assert.Equal((true, RepairState.Projected, null), State(run));
        // A known result stays: a later redrive of the same id belongs to another run.
        runs.Set(1, RepairState.DeadLetter, "again");
        Assert.Equal((true, RepairState.Projected, null), State(run));
    }

    [Fact]
    public void Other_events_are_not_followed()
    {
        var run = Begin(1);
        runs.Received([Delivery(2)]);
        runs.Settled(Delivery(2), new DeliveryOutcome.Projected(), new Settlement.Complete());
        Assert.Equal((false, RepairState.Waiting, null), State(run));
    }

    [Fact]
    public void A_run_begins_once_and_an_event_that_another_run_puts_back_is_gone_from_it()
    {
        var first = Begin(1);
        Assert.False(runs.TryBegin(first, [Event(2)]));
        var second = Begin(1);
        Assert.Equal((true, RepairState.Gone, "Another redrive puts it back."), State(second));
        runs.Settled(Delivery(1), new DeliveryOutcome.Duplicate(), new Settlement.Complete());
        Assert.Equal((true, RepairState.Duplicate, null), State(first));
    }

    [Fact]
    public void The_latest_runs_are_remembered_and_pending_ones_longest()
    {
        var pending = Begin(1);
        var done = Enumerable.Range(2, 30).Select(id =>
        {
            var run = Begin(id);
            runs.Set(id, RepairState.Projected, null);
            return run;
        }).ToList();

        Assert.Equal(20, runs.All.Count);
        Assert.NotNull(runs.Find(pending));
        Assert.Null(runs.Find(done[0]));
        Assert.Equal(done[^1], runs.All[0].Id);
    }

    [Fact]
    public void A_large_run_shows_its_first_events_and_counts_all()
    {
        var run = Guid.NewGuid();
        runs.TryBegin(run, [.. Enumerable.Range(1, 1_000).Select(id => Event(id))]);
        for (var id = 1; id <= 400; id++) runs.Set(id, RepairState.Projected, null);

        var found = runs.Find(run)!;
        Assert.Equal((RepairRun.ShownEvents, 1_000, 400, 600),
            (found.Events.Count, found.Total, found.Counts[RepairState.Projected], found.Counts[RepairState.Waiting]));
    }

    private Guid Begin(long id)
    {
        var run = Guid.NewGuid();
        Assert.True(runs.TryBegin(run, [Event(id)]));
        return run;
    }

    private (bool IsDone, RepairState State, string? Reason) State(Guid run)
    {
        var found = runs.Find(run)!;
        return (found.IsDone, found.Events[0].State, found.Events[0].Reason);
    }

    private static RedrivenEvent Event(long id) => new(id, "conversation.replied", $"request-{id}");

    private static LocalDelivery Delivery(long id) => new(id, new QueuedEvent
    {
        Queue = QueueNames.ConversationReplied,
        EventName = "conversation.replied",
        RequestId = $"request-{id}",
        ReceivedAt = DateTimeOffset.UnixEpoch,
        Body = default,
    }, DeliveryCount: 1, Failures: 0);
}
