using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Is told of each delivery once it is processed, before it is settled. It must be quick, and it must not throw. A host
/// that watches deliveries registers one.</summary>
public interface IDeliveryObserver
{
    /// <param name="queued">The event. The observer must not keep its body.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="settlement">What the queue will do with it.</param>
    void Processed(QueuedEvent queued, DeliveryOutcome outcome, Settlement settlement);
}
