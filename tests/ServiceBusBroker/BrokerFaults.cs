using System.Collections.Concurrent;

namespace BelcoFunctions.ServiceBusBroker;

/// <summary>The faults that a test sets for operations over AMQP.</summary>
public sealed class BrokerFaults
{
    private readonly ConcurrentQueue<Exception> errors = [];

    /// <summary>Answers every operation with <see cref="BrokerError.ServerBusy"/>.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Never answers a drain. When the client closes a receiver, it drains the credit that it did not use.</summary>
    public bool IgnoresDrain { get; set; }

    /// <summary>Called before each operation. An error that it returns is the answer, and the operation is not carried out.
    /// While it waits, the connection waits. Several connections may call it at once.</summary>
    public Func<BrokerOperation, BrokerError?>? Before { get; set; }

    /// <summary>Called when an operation is carried out, before the client gets its answer.</summary>
    public Action<BrokerOperation>? After { get; set; }

    internal BrokerError? Begin(BrokerOperation operation)
    {
        if (IsBusy) return BrokerError.ServerBusy;
        try { return Before?.Invoke(operation); }
        catch (Exception exception)
        {
            Record(exception);
            return BrokerError.InternalError;
        }
    }

    internal void End(BrokerOperation operation)
    {
        try { After?.Invoke(operation); }
        catch (Exception exception) { Record(exception); }
    }

    /// <summary>Keeps an error of a thread that no test waits for.</summary>
    internal void Record(Exception exception) => errors.Enqueue(exception);

    /// <summary>Throws the errors that were recorded.</summary>
    internal void ThrowErrors()
    {
        if (!errors.IsEmpty) throw new AggregateException("A hook of the broker, or the broker itself, failed.", errors);
    }
}
