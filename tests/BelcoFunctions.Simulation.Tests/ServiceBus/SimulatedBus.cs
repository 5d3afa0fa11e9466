namespace BelcoFunctions.Simulation.Tests.ServiceBus;

/// <summary>The queues of a namespace.</summary>
internal sealed class SimulatedBus
{
    private static readonly TimeSpan LockDuration = TimeSpan.FromMinutes(5);

    private readonly SortedDictionary<string, SimulatedQueue> queues = new(StringComparer.Ordinal);

    /// <summary>Whether the run has queues. Without queues, their faults cannot happen.</summary>
    public bool IsUsed => queues.Count > 0;

    public IEnumerable<SimulatedQueue> Queues => queues.Values;

    public bool HasLocks => queues.Values.Any(queue => queue.All.Any(message => message.Lock is not null));

    public ulong Hash => queues.Values.Aggregate(0UL, (hash, queue) => hash * 31 + queue.Hash);

    public SimulatedQueue this[string name]
    {
        get
        {
            if (!queues.TryGetValue(name, out var queue)) queues.Add(name, queue = new SimulatedQueue(name));
            return queue;
        }
    }

    public SimulatedBus Copy()
    {
        var copy = new SimulatedBus();
        foreach (var (name, queue) in queues) copy.queues.Add(name, queue.Copy());
        return copy;
    }

    /// <summary>Ends all locks. Returns the time at which they are certainly over.</summary>
    public DateTimeOffset ExpireLocks(DateTimeOffset now)
    {
        foreach (var queue in queues.Values) queue.ExpireLocks();
        return now + LockDuration;
    }
}
