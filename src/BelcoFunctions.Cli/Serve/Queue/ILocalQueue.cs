using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>The local host's queues: the side that sends, and the side that receives and settles.</summary>
internal interface ILocalQueue : IEventQueue
{
    /// <summary>Waits a little while events arrive fast, so that their senders get their answers first.</summary>
    Task LetSendersGoFirstAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Waits until an event is due, and returns up to <paramref name="maxDeliveries"/> due events. They stay due until they are
    /// settled. So a queue has one receiver, and it settles a batch before it receives the next one.
    /// </summary>
    Task<IReadOnlyList<LocalDelivery>> ReceiveAsync(string queue, int maxDeliveries, CancellationToken cancellationToken);

    /// <summary>Completes, abandons or dead-letters deliveries: all of them or, when it throws, none.</summary>
    Task SettleAsync(IReadOnlyList<(LocalDelivery Delivery, Settlement Settlement)> settled);
}

/// <summary>An event as a local queue delivers it.</summary>
/// <param name="Id">The id of its row.</param>
/// <param name="Event">The event.</param>
/// <param name="DeliveryCount">How often it was delivered, including this time. A delivery that was not settled does not
/// count.</param>
/// <param name="Failures">How many unexpected errors it caused before.</param>
internal sealed record LocalDelivery(long Id, QueuedEvent Event, int DeliveryCount, int Failures);
