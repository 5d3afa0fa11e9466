using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>Processes a batch as a host does.</summary>
internal static class Delivering
{
    public static async Task DeliverAsync(WriterLife life, IReadOnlyList<QueuedEvent> events)
    {
        foreach (var queue in events.GroupBy(e => e.Queue is QueueNames.UnprojectedEvents))
        {
            List<QueuedEvent> waiting = [.. queue];
            while (waiting.Count > 0) waiting = await DeliverOnceAsync(life, waiting);
        }
    }

    /// <summary>Returns those that are delivered again.</summary>
    private static async Task<List<QueuedEvent>> DeliverOnceAsync(WriterLife life, List<QueuedEvent> events)
    {
        List<QueuedEvent> waiting = [];
        var processed = await life.Processor().ProcessAsync(
            events[0].Queue, [.. events.Select(e => new Delivery(e, Failures: 0))], life.Stopping);
        var failed = events.Zip(processed).Where(pair => pair.Second.Outcome is DeliveryOutcome.Failed);
        // An event that fits into no row has its own error, cancelled or not.
        if (life.Stopping.IsCancellationRequested && failed.Any(pair => pair.First.Body.Length <= SimulatedEvent.TooLarge))
        {
            life.Run.Fail("A delivery that was cancelled ended as an error of its event.");
        }

        life.Stopping.ThrowIfCancellationRequested();
        foreach (var (e, delivery) in events.Zip(processed))
        {
            switch (delivery.Settlement)
            {
                case Settlement.Complete:
                    break;
                case Settlement.Abandon { Failures: 0, Reason: var reason }
                    when reason.Contains("Another version", StringComparison.Ordinal):
                    // It waits for an upgrade.
                    break;
                case Settlement.Abandon { Failures: 0 } when life.HadFault:
                    waiting.Add(e);
                    break;
                case Settlement.Abandon { Failures: 1 } when e.Body.Length > SimulatedEvent.TooLarge:
                    // After ten times it is a dead letter.
                    break;
                default:
                    life.Run.Fail($"{e.RequestId} ended as {delivery.Outcome} and {delivery.Settlement}");
                    break;
            }
        }

        return waiting;
    }
}
