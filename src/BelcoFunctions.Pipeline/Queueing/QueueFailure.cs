namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>Why an operation on a queue failed, in one word for the log. docs/troubleshooting.md lists the words.</summary>
public static class QueueFailure
{
    public static string Reason(Exception exception) => exception switch
    {
        QueueException { Reason: var reason } => reason,
        OperationCanceledException or TimeoutException => "Timeout",
        _ => exception.GetType().Name,
    };
}
