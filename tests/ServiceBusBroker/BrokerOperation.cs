namespace BelcoFunctions.ServiceBusBroker;

/// <summary>A request of a client, or a delivery to a client.</summary>
public enum BrokerOperationKind
{
    /// <summary>Opens a link for sending, for receiving, or for peeks and lock renewals.</summary>
    Open,
    Send,
    Deliver,
    Complete,
    Abandon,
    DeadLetter,
    Release,
    Peek,
    RenewLock,
}

/// <summary>One operation over AMQP.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Queue">The queue. The queue of dead letters has a name that ends in <c>/$DeadLetterQueue</c>.</param>
/// <param name="MessageId">The id of the message, of the first one of a batch. Null for a link, a peek, a
/// message without an id, and a lock that is lost.</param>
public sealed record BrokerOperation(BrokerOperationKind Kind, string Queue, string? MessageId = null);
