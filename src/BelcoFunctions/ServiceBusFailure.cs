namespace BelcoFunctions;

/// <summary>Why an operation on Service Bus failed, in one word for the log. docs/troubleshooting.md lists them.</summary>
internal static class ServiceBusFailure
{
    /// <summary>The type of <see cref="ServiceBusException"/> alone does not tell a full queue from a missing one.</summary>
    public static string Reason(this Exception exception) => exception switch
    {
        ServiceBusException { Reason: var reason } => reason.ToString(),
        OperationCanceledException or TimeoutException => "Timeout",
        _ => exception.GetType().Name,
    };
}
