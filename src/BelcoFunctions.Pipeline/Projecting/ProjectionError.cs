using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Decides the outcome of a delivery whose processing threw an exception.</summary>
internal static class ProjectionError
{
    /// <summary>An outage says nothing about the event, so it is delivered again until the store answers. Any other error
    /// belongs to the event.</summary>
    public static DeliveryOutcome ToOutcome(this Exception exception) => exception switch
    {
        // On cancellation the event can be delivered again, with more time.
        StoreUnavailableException or OperationCanceledException => new DeliveryOutcome.RetryLater(exception.Message),
        _ => new DeliveryOutcome.Failed(StoreError.Describe(exception)),
    };
}
