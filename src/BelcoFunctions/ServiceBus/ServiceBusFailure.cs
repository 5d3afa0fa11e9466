namespace BelcoFunctions.ServiceBus;

/// <summary>Why an operation on Service Bus failed.</summary>
internal static class ServiceBusFailure
{
    /// <summary>Includes the reason of a <see cref="ServiceBusException"/>: its type alone does not distinguish a full queue
    /// from a missing one.</summary>
    public static string Reason(this Exception exception) =>
        exception is ServiceBusException { Reason: var reason } ? reason.ToString() : QueueFailure.Reason(exception);
}
