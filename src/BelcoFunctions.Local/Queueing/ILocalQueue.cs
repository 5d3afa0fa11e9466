using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Local.Queueing;

/// <summary>Both sides of the queues of the local host.</summary>
internal interface ILocalQueue : IEventQueue
{
    /// <summary>Waits for at least one delivery and returns what is there, up to a number.</summary>
    Task<IReadOnlyList<LocalDelivery>> ReceiveAsync(string queue, int maxDeliveries, CancellationToken cancellationToken);

    /// <summary>Ends a delivery.</summary>
    Task SettleAsync(LocalDelivery delivery, Settlement settlement, CancellationToken cancellationToken);
}

/// <summary>An event out of a local queue.</summary>
/// <param name="Event">The event.</param>
/// <param name="DeliveryCount">How often it was delivered, this time included.</param>
/// <param name="Failures">The unexpected errors it met before.</param>
internal sealed record LocalDelivery(QueuedEvent Event, int DeliveryCount, int Failures);
