using System.Collections.Concurrent;
using BelcoFunctions.ServiceBusBroker;

namespace BelcoFunctions.Tests.DeadLetters;

/// <summary>Causes random faults before and after messages are delivered, sent or settled: cuts or freezes the connection,
/// ends all locks, or answers with an error.</summary>
internal sealed class RandomFaults(Broker broker, int seed)
{
    // One fault in this number of operations.
    private const int Rarity = 6;

    private static readonly TimeSpan LongestFreeze = TimeSpan.FromMilliseconds(200);

    private readonly Random random = new(seed);
    private readonly ConcurrentBag<Task> freezes = [];
    private int count;

    public int Count => count;

    public void Begin()
    {
        broker.Faults.Before = Strike;
        broker.Faults.After = operation => Strike(operation);
    }

    public async Task EndAsync()
    {
        (broker.Faults.Before, broker.Faults.After) = (null, null);
        await Task.WhenAll(freezes);
        broker.Network.Restore();
    }

    private BrokerError? Strike(BrokerOperation operation)
    {
        // Otherwise most runs would end before they move anything.
        if (operation.Kind is BrokerOperationKind.Open or BrokerOperationKind.Peek || Next(Rarity) > 0) return null;
        Interlocked.Increment(ref count);
        switch (Next(5))
        {
            case 0:
                broker.Network.Cut();
                return null;
            case 1:
                freezes.Add(FreezeAsync());
                return null;
            case 2:
                foreach (var queue in QueueNames.All) broker[queue].DeadLetters.ExpireLocks();
                return null;
            case 3:
                return BrokerError.Timeout;
            default:
                return BrokerError.InternalError;
        }
    }

    private async Task FreezeAsync()
    {
        broker.Network.Freeze();
        await Task.Delay(LongestFreeze * Next(100) / 100);
        broker.Network.Restore();
    }

    private int Next(int limit)
    {
        lock (random) return random.Next(limit);
    }
}
