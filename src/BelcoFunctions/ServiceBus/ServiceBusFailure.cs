namespace BelcoFunctions.ServiceBus;

/// <summary>Why an operation on Service Bus failed.</summary>
internal static class ServiceBusFailure
{
    /// <summary>The type of <see cref="ServiceBusException"/> alone does not tell a full queue from a missing one.</summary>
    public static string Reason(this Exception exception) =>
        exception is ServiceBusException { Reason: var reason } ? reason.ToString() : QueueFailure.Reason(exception);
}
