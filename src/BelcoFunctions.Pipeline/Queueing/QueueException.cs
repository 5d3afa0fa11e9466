namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>A queue refused an operation, or did not answer.</summary>
/// <param name="reason">Why, in one word for the log, such as <c>QuotaExceeded</c>. docs/troubleshooting.md lists the
/// words.</param>
/// <param name="innerException">What the client of the queue threw.</param>
public sealed class QueueException(string reason, Exception innerException) : Exception(innerException.Message, innerException)
{
    public string Reason => reason;
}
