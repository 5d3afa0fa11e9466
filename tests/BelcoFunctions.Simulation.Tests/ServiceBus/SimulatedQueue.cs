using System.Collections.Immutable;
using Azure.Messaging.ServiceBus;

namespace BelcoFunctions.Simulation.Tests.ServiceBus;

/// <summary>A queue like those of Service Bus, with its dead letters. It answers one call at a time.</summary>
internal sealed class SimulatedQueue(string name)
{
    // As in infra/modules/service-bus.bicep.
    private static readonly TimeSpan DuplicateWindow = TimeSpan.FromHours(1);

    private readonly Dictionary<string, DateTimeOffset> seen = [];
    private long lastSequenceNumber;
    private int lastLock;

    private SimulatedQueue(SimulatedQueue other) : this(other.Name)
    {
        (seen, lastSequenceNumber, lastLock) = (new(other.seen), other.lastSequenceNumber, other.lastLock);
        (Messages, DeadLetters) = (other.Messages, other.DeadLetters);
    }

    public string Name => name;

    public ImmutableSortedDictionary<long, SimulatedMessage> Messages { get; private set; } =
        ImmutableSortedDictionary<long, SimulatedMessage>.Empty;

    public ImmutableSortedDictionary<long, SimulatedMessage> DeadLetters { get; private set; } =
        ImmutableSortedDictionary<long, SimulatedMessage>.Empty;

    public IEnumerable<SimulatedMessage> All => Messages.Values.Concat(DeadLetters.Values);

    public ulong Hash => Messages.Values.Aggregate(0UL, (hash, message) => hash ^ message.Hash)
        ^ DeadLetters.Values.Aggregate(0UL, (hash, message) => hash ^ ~message.Hash * 31) ^ (ulong)seen.Count << 40;

    public SimulatedQueue Copy() => new(this);

    public ImmutableSortedDictionary<long, SimulatedMessage> In(SubQueue sub) =>
        sub is SubQueue.DeadLetter ? DeadLetters : Messages;

    /// <summary>Adds a message, unless one with the same id came within the last hour.</summary>
    public void Send(ServiceBusMessage sent, DateTimeOffset now)
    {
        if (seen.TryGetValue(sent.MessageId, out var last) && now - last < DuplicateWindow) return;
        seen[sent.MessageId] = now;
        var number = ++lastSequenceNumber;
        Messages = Messages.Add(number, new SimulatedMessage(number, sent.MessageId, sent.Subject, sent.Body, now)
        {
            Properties = sent.ApplicationProperties.ToImmutableDictionary(),
        });
    }

    /// <summary>Locks messages and counts their deliveries.</summary>
    public IReadOnlyList<SimulatedMessage> Receive(SubQueue sub, int max)
    {
        SimulatedMessage[] received =
        [
            .. In(sub).Values.Where(message => message.Lock is null).Take(max)
                .Select(message => message with
                {
                    Deliveries = message.Deliveries + 1,
                    Lock = new Guid(++lastLock, 0, 0, new byte[8]),
                }),
        ];
        foreach (var message in received) Put(sub, message);
        return received;
    }

    /// <summary>Returns the message that has the lock; null if the lock is lost.</summary>
    public SimulatedMessage? Find(SubQueue sub, ServiceBusReceivedMessage received) =>
        In(sub).GetValueOrDefault(received.SequenceNumber) is { Lock: { } token } message
            && token.ToString() == received.LockToken ? message : null;

    public void Remove(SubQueue sub, SimulatedMessage message)
    {
        if (sub is SubQueue.DeadLetter) DeadLetters = DeadLetters.Remove(message.SequenceNumber);
        else Messages = Messages.Remove(message.SequenceNumber);
    }

    public void Abandon(SubQueue sub, SimulatedMessage message, IDictionary<string, object>? properties) =>
        Put(sub, message with { Lock = null, Properties = message.Properties.SetItems(properties?.ToArray() ?? []) });

    /// <summary>Dead-letters a message with its number, its time and its deliveries.</summary>
    public void DeadLetter(SimulatedMessage message, string? reason)
    {
        Messages = Messages.Remove(message.SequenceNumber);
        Put(SubQueue.DeadLetter, message with
        {
            Lock = null,
            Properties = message.Properties.SetItem("DeadLetterReason", reason ?? ""),
        });
    }

    public void ExpireLocks()
    {
        foreach (var message in Messages.Values.Where(message => message.Lock is not null))
            Put(SubQueue.None, message with { Lock = null });
        foreach (var message in DeadLetters.Values.Where(message => message.Lock is not null))
            Put(SubQueue.DeadLetter, message with { Lock = null });
    }

    private void Put(SubQueue sub, SimulatedMessage message)
    {
        if (sub is SubQueue.DeadLetter) DeadLetters = DeadLetters.SetItem(message.SequenceNumber, message);
        else Messages = Messages.SetItem(message.SequenceNumber, message);
    }
}
