using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Viewer.Shared.Repair;

namespace BelcoFunctions.Cli.Serve.Repair;

/// <summary>Follows redriven events until each has a result. It stays in memory, and any thread may use it.</summary>
internal sealed class RedriveRuns(TimeProvider time)
{
    private readonly Lock gate = new();
    // The newest last.
    private readonly List<Run> runs = [];
    // By the id that a dead letter keeps in its queue.
    private readonly Dictionary<long, RedrivenEvent> pending = [];
    private volatile bool isIdle = true;

    public IReadOnlyList<RepairRun> All
    {
        get { lock (gate) return [.. runs.AsEnumerable().Reverse().Select(run => run.ToRepairRun())]; }
    }

    public RepairRun? Find(Guid id)
    {
        lock (gate) return runs.Find(run => run.Id == id)?.ToRepairRun();
    }

    /// <summary>Begins to follow events, before they are put back.</summary>
    /// <returns>False if there already is a run with this id.</returns>
    public bool TryBegin(Guid id, IReadOnlyList<RedrivenEvent> events)
    {
        lock (gate)
        {
            if (runs.Exists(run => run.Id == id)) return false;
            // Forget the oldest finished run, or else the oldest run.
            if (runs.Count == RepairRun.MaxRuns) runs.RemoveAt(Math.Max(0, runs.FindIndex(run => run.IsDone)));
            runs.Add(new Run(id, time.GetUtcNow(), events));
            foreach (var e in events)
            {
                if (pending.TryAdd(e.Id, e)) continue;
                (e.State, e.Reason) = (RepairState.Gone, "Another redrive puts it back.");
            }

            isIdle = false;
            return true;
        }
    }

    /// <summary>The ids of a run's events that are still on their way.</summary>
    public IReadOnlyList<long> PendingOf(Guid id)
    {
        lock (gate) return runs.Find(run => run.Id == id)?.Pending ?? [];
    }

    /// <summary>Records that events were received from their queue.</summary>
    public void Received(IEnumerable<LocalDelivery> deliveries)
    {
        if (isIdle) return;
        foreach (var delivery in deliveries) Set(delivery.Id, RepairState.Projecting, reason: null);
    }

    /// <summary>Records the result of a delivery, after it was saved in the queue file.</summary>
    public void Settled(LocalDelivery delivery, DeliveryOutcome outcome, Settlement settlement)
    {
        if (isIdle) return;
        var (state, reason) = (settlement, outcome) switch
        {
            (Settlement.DeadLetter dead, _) => (RepairState.DeadLetter, $"{dead.Reason}: {dead.Description}"),
            (Settlement.Abandon abandon, _) =>
                (RepairState.Waiting, $"Try {delivery.DeliveryCount} did not succeed: {abandon.Reason}"),
            (_, DeliveryOutcome.Erased) => (RepairState.Erased, null),
            (_, DeliveryOutcome.Kept or DeliveryOutcome.Duplicate) when delivery.Event.Queue is QueueNames.UnprojectedEvents =>
                (RepairState.Unprojected, delivery.Event.Reason),
            (_, DeliveryOutcome.Duplicate) => (RepairState.Duplicate, null),
            _ => (RepairState.Projected, (string?)null),
        };
        Set(delivery.Id, state, reason);
    }

    /// <summary>Sets the state of an event, unless it already has a result.</summary>
    public void Set(long id, RepairState state, string? reason)
    {
        lock (gate)
        {
            if (!pending.TryGetValue(id, out var e)) return;
            (e.State, e.Reason) = (state, reason);
            if (e.IsPending) return;
            pending.Remove(id);
            isIdle = pending.Count == 0;
        }
    }

    private sealed class Run(Guid id, DateTimeOffset beganAt, IReadOnlyList<RedrivenEvent> events)
    {
        public Guid Id => id;

        public bool IsDone => events.All(e => !e.IsPending);

        public IReadOnlyList<long> Pending => [.. events.Where(e => e.IsPending).Select(e => e.Id)];

        public RepairRun ToRepairRun() => new(
            id, beganAt, IsDone, events.CountBy(e => e.State).ToDictionary(),
            [.. events.Take(RepairRun.ShownEvents).Select(e => e.ToRepairedEvent())]);
    }
}
