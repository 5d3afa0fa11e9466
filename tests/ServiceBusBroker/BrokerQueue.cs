using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using BelcoFunctions.ServiceBusBroker.Storage;

namespace BelcoFunctions.ServiceBusBroker;

/// <summary>A queue of a <see cref="Broker"/>, seen from inside the process. Nothing here passes the network or the hooks of
/// <see cref="BrokerFaults"/>.</summary>
public sealed class BrokerQueue
{
    private readonly ChangeMonitor monitor;
    private readonly BrokerQueue? deadLetters;

    internal BrokerQueue(string name, BrokerOptions options, Func<long> nextSequenceNumber)
        : this(name, options, nextSequenceNumber, new ChangeMonitor(), isDeadLetters: false) { }

    private BrokerQueue(
        string name, BrokerOptions options, Func<long> nextSequenceNumber, ChangeMonitor monitor, bool isDeadLetters)
    {
        Name = name;
        this.monitor = monitor;
        if (!isDeadLetters)
        {
            deadLetters = new BrokerQueue(
                name + "/$DeadLetterQueue", options, nextSequenceNumber, monitor, isDeadLetters: true);
        }

        Store = new MessageStore(options, nextSequenceNumber, monitor, deadLetters?.Store);
    }

    public string Name { get; }

    /// <summary>The queue of its dead letters.</summary>
    public BrokerQueue DeadLetters =>
        deadLetters ?? throw new InvalidOperationException("Dead letters have no dead letters of their own.");

    /// <summary>How long the next lock lasts.</summary>
    public TimeSpan LockDuration { get => Store.LockDuration; set => Store.LockDuration = value; }

    /// <summary>Answers each send over AMQP with <see cref="BrokerError.QuotaExceeded"/>.</summary>
    public bool IsFull { get; set; }

    /// <summary>Answers each operation over AMQP with <see cref="BrokerError.NotFound"/>, as if the queue were
    /// deleted.</summary>
    public bool IsMissing
    {
        get;
        set
        {
            field = value;
            deadLetters?.IsMissing = value;
        }
    }

    /// <summary>All messages, locked or not, in the order of their sequence numbers.</summary>
    public IReadOnlyList<ServiceBusReceivedMessage> Messages => Read(_ => true);

    /// <summary>The messages that a receiver has locked.</summary>
    public IReadOnlyList<ServiceBusReceivedMessage> Locked => Read(message => message.LockedUntil is not null);

    internal MessageStore Store { get; }

    internal bool IsDeadLetters => deadLetters is null;

    internal event Action? Changed { add => monitor.Changed += value; remove => monitor.Changed -= value; }

    public void Enqueue(params IEnumerable<ServiceBusMessage> messages) =>
        Store.Add([.. messages.Select(message => StoredMessage.Decode(message.GetRawAmqpMessage().ToBytes()))]);

    /// <summary>Locks up to <paramref name="max"/> messages, as a receiver does. The message has its lock token.</summary>
    public IReadOnlyList<ServiceBusReceivedMessage> Receive(int max)
    {
        List<ServiceBusReceivedMessage> received = [];
        while (received.Count < max && Store.Lock() is { } message)
        {
            var amqp = AmqpAnnotatedMessage.FromBytes(new BinaryData(message.Encoded));
            // As the real client does, a message's delivery count includes this delivery.
            amqp.Header.DeliveryCount++;
            received.Add(ServiceBusReceivedMessage.FromAmqpMessage(amqp, new BinaryData(message.LockToken.ToByteArray())));
        }

        return received;
    }

    /// <summary>Waits for the first message, then receives up to <paramref name="max"/>.</summary>
    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveAsync(int max, CancellationToken cancellationToken)
    {
        IReadOnlyList<ServiceBusReceivedMessage> received = [];
        await WhenAsync(queue => (received = queue.Receive(max)).Count > 0, cancellationToken);
        return received;
    }

    /// <summary>Returns false when the lock is lost. So do the other settlements.</summary>
    public bool Complete(Guid lockToken) => Store.Settle(lockToken, new Settlement.Complete());

    public bool Abandon(Guid lockToken, IReadOnlyDictionary<string, object?>? properties = null) =>
        Store.Settle(lockToken, new Settlement.Abandon(properties ?? new Dictionary<string, object?>()));

    public bool DeadLetter(Guid lockToken, string? reason = null, string? description = null,
        IReadOnlyDictionary<string, object?>? properties = null) =>
        Store.Settle(lockToken, new Settlement.DeadLetter(reason, description, properties));

    /// <summary>Returns until when the lock lasts, or null when it is lost.</summary>
    public DateTimeOffset? RenewLock(Guid lockToken) => Store.Renew(lockToken);

    /// <summary>Ends all locks, as if their time were over. Returns how many.</summary>
    public int ExpireLocks() => Store.ExpireLocks();

    /// <summary>Waits until the condition holds. It is looked at again after each change of the queue or its dead
    /// letters.</summary>
    public async Task WhenAsync(Func<BrokerQueue, bool> condition, CancellationToken cancellationToken)
    {
        var signal = new Signal();
        Changed += signal.Set;
        try
        {
            while (!condition(this)) await signal.WaitAsync(cancellationToken);
        }
        finally
        {
            Changed -= signal.Set;
        }
    }

    internal void Dispose()
    {
        deadLetters?.Dispose();
        Store.Dispose();
    }

    private IReadOnlyList<ServiceBusReceivedMessage> Read(Func<StoredMessage, bool> condition) =>
        [.. Store.Read(all => all.Where(condition).Select(message => (message.LockToken, Encoded: message.Encode())))
            .Select(message => ServiceBusReceivedMessage.FromAmqpMessage(
                AmqpAnnotatedMessage.FromBytes(new BinaryData(message.Encoded)),
                new BinaryData(message.LockToken.ToByteArray())))];
}
