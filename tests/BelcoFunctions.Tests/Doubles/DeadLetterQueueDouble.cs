// Disposing the base classes would close a connection that does not exist.
#pragma warning disable CA2215

namespace BelcoFunctions.Tests.Doubles;

/// <summary>A queue and its dead letters as in Service Bus, with locks and remembered message ids. A test can make each step
/// of a run fail, before or after its effect.</summary>
internal sealed class DeadLetterQueueDouble
{
    private const int MostPeeked = 100;

    private readonly List<ServiceBusReceivedMessage> deadLetters = [];
    private readonly HashSet<long> locked = [];
    private readonly HashSet<string> known = [];
    private long lastSequenceNumber;

    /// <summary>The messages that are in the queue or have been processed.</summary>
    public List<ServiceBusMessage> Queue { get; } = [];

    public IReadOnlyList<ServiceBusReceivedMessage> DeadLetters => deadLetters;

    public int Locked => locked.Count;

    /// <summary>Called with each step, before it has its effect.</summary>
    public Action<RedriveStep> Before { get; set; } = _ => { };

    /// <summary>Called with each step, when it has had its effect.</summary>
    public Action<RedriveStep> After { get; set; } = _ => { };

    /// <summary>The client opens this queue under a name.</summary>
    public void AddTo(ServiceBusClient client, string name)
    {
        var sender = new Sender(this);
        var receiver = new Receiver(this);
        client.CreateSender(name).Returns(sender);
        client.CreateReceiver(name, Arg.Is<ServiceBusReceiverOptions>(options => options.SubQueue == SubQueue.DeadLetter))
            .Returns(receiver);
    }

    public void Add(
        string id, DateTimeOffset enqueued, IDictionary<string, object>? properties = null, byte[]? body = null) =>
        deadLetters.Add(ServiceBusModelFactory.ServiceBusReceivedMessage(
            body is null ? new BinaryData($"body of {id}") : new BinaryData(body), id, subject: "conversation.closed",
            contentType: "application/json", properties: properties, sequenceNumber: ++lastSequenceNumber,
            enqueuedTime: enqueued));

    /// <summary>Another receiver has locked all messages.</summary>
    public void Lock() => locked.UnionWith(deadLetters.Select(message => message.SequenceNumber));

    /// <summary>Locks end, as they do after some minutes.</summary>
    public void Unlock() => locked.Clear();

    private Task DoAsync(RedriveStep step, Action effect, CancellationToken cancellationToken) => DoAsync(step, () =>
    {
        effect();
        return true;
    }, cancellationToken);

    // As in the SDK, a step does not begin if its token is already canceled.
    private Task<T> DoAsync<T>(RedriveStep step, Func<T> effect, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            Before(step);
            var result = effect();
            After(step);
            return Task.FromResult(result);
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    private sealed class Sender(DeadLetterQueueDouble queue) : ServiceBusSender
    {
        public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) =>
            queue.DoAsync(RedriveStep.Send, () =>
            {
                if (queue.known.Add(message.MessageId)) queue.Queue.Add(message);
            }, cancellationToken);

        public override ValueTask DisposeAsync() => new(queue.DoAsync(RedriveStep.Dispose, () => { }, CancellationToken.None));
    }

    private sealed class Receiver(DeadLetterQueueDouble queue) : ServiceBusReceiver
    {
        public override Task<ServiceBusReceivedMessage> PeekMessageAsync(
            long? fromSequenceNumber = null, CancellationToken cancellationToken = default) =>
            queue.DoAsync(RedriveStep.Peek,
                () => queue.deadLetters.FirstOrDefault(message => message.SequenceNumber >= (fromSequenceNumber ?? 0))!,
                cancellationToken);

        // Fewer than requested, as the service may return, and locked ones too.
        public override Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
            int maxMessages, long? fromSequenceNumber = null, CancellationToken cancellationToken = default) =>
            queue.DoAsync<IReadOnlyList<ServiceBusReceivedMessage>>(RedriveStep.Peek, () =>
            [
                .. queue.deadLetters.Where(message => message.SequenceNumber >= (fromSequenceNumber ?? 0))
                    .Take(Math.Min(maxMessages, MostPeeked)),
            ], cancellationToken);

        public override Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
            int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default) =>
            queue.DoAsync<IReadOnlyList<ServiceBusReceivedMessage>>(RedriveStep.Receive, () =>
            {
                ServiceBusReceivedMessage[] received =
                    [.. queue.deadLetters.Where(message => !queue.locked.Contains(message.SequenceNumber)).Take(maxMessages)];
                queue.locked.UnionWith(received.Select(message => message.SequenceNumber));
                return received;
            }, cancellationToken);

        public override Task CompleteMessageAsync(
            ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
            queue.DoAsync(RedriveStep.Complete, () =>
            {
                if (!queue.locked.Remove(message.SequenceNumber))
                    throw new ServiceBusException("Lost.", ServiceBusFailureReason.MessageLockLost);
                queue.deadLetters.Remove(message);
            }, cancellationToken);

        public override Task AbandonMessageAsync(
            ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null,
            CancellationToken cancellationToken = default) =>
            queue.DoAsync(RedriveStep.Abandon, () => queue.locked.Remove(message.SequenceNumber), cancellationToken);

        public override ValueTask DisposeAsync() => new(queue.DoAsync(RedriveStep.Dispose, () => { }, CancellationToken.None));
    }
}

public enum RedriveStep
{
    Peek,
    Receive,
    Send,
    Complete,
    Abandon,
    Dispose,
}
