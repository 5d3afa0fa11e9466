using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Local.Queueing;

/// <summary>Both sides of the queues of the local host.</summary>
internal interface ILocalQueue : IEventQueue
{
    /// <summary>Waits for at least one delivery and returns what is due, up to a number. It is hidden until it is settled, or until
    /// the visibility timeout.</summary>
    Task<IReadOnlyList<LocalDelivery>> ReceiveAsync(string queue, int maxDeliveries, CancellationToken cancellationToken);

    /// <summary>Ends deliveries, all of them or, when it throws, none.</summary>
    Task SettleAsync(IReadOnlyList<(LocalDelivery Delivery, Settlement Settlement)> settled);
}

/// <summary>An event out of a local queue.</summary>
/// <param name="Id">What the queue knows it by.</param>
/// <param name="Event">The event.</param>
/// <param name="DeliveryCount">How often it was delivered, this time included.</param>
/// <param name="Failures">The unexpected errors it met before.</param>
internal sealed record LocalDelivery(long Id, QueuedEvent Event, int DeliveryCount, int Failures);
