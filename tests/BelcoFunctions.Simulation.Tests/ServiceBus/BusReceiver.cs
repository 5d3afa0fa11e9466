using Azure.Messaging.ServiceBus;

#pragma warning disable CA2215

namespace BelcoFunctions.Simulation.Tests.ServiceBus;

/// <summary>Receives from a queue, or from its dead letters, and settles.</summary>
internal sealed class BusReceiver(BusClient client, SimulatedQueue queue, SubQueue sub) : ServiceBusReceiver
{
    // The service may also return fewer messages than requested.
    private const int MostReceived = 2;

    private string Name => sub is SubQueue.DeadLetter ? $"dead letters of {queue.Name}" : queue.Name;

    /// <param name="maxMessages">The maximum number of messages.</param>
    /// <param name="maxWaitTime">Null to wait until there is a message. Otherwise the call returns at once, possibly without
    /// a message.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public override Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default) =>
        client.CallAsync($"receive from {Name}", () =>
        {
            var received = queue.Receive(sub, Math.Min(maxMessages, MostReceived));
            if (sub is SubQueue.DeadLetter) client.Received.UnionWith(received.Select(one => (queue.Name, one.SequenceNumber)));
            return Told(received);
        }, cancellationToken, isReady: maxWaitTime is null ? () => queue.In(sub).Values.Any(one => one.Lock is null) : null);

    // Returns locked messages too.
    public override async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages, long? fromSequenceNumber = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await client.CallAsync($"peek at {Name} from {fromSequenceNumber}", () => Told(
            [
                .. queue.In(sub).Values.Where(one => one.SequenceNumber >= (fromSequenceNumber ?? 0))
                    .Take(Math.Min(maxMessages, MostReceived)),
            ]), cancellationToken, onlyReads: true);
        }
        catch (ServiceBusException)
        {
            client.FailedPeeks++;
            throw;
        }
    }

    public override async Task<ServiceBusReceivedMessage> PeekMessageAsync(
        long? fromSequenceNumber = null, CancellationToken cancellationToken = default) =>
        await PeekMessagesAsync(1, fromSequenceNumber, cancellationToken) is [var first, ..] ? first : null!;

    public override async Task CompleteMessageAsync(
        ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        await SettleAsync("complete", message, found =>
        {
            queue.Remove(sub, found);
            if (sub is SubQueue.DeadLetter) client.Remove(message);
        }, cancellationToken);

    public override Task AbandonMessageAsync(ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        SettleAsync("abandon", message, found => queue.Abandon(sub, found, propertiesToModify), cancellationToken);

    public override Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, string deadLetterReason,
        string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default) =>
        SettleAsync("dead-letter", message, found => queue.DeadLetter(found, deadLetterReason), cancellationToken);

    public override ValueTask DisposeAsync() => default;

    private Task SettleAsync(
        string what, ServiceBusReceivedMessage message, Action<SimulatedMessage> settle, CancellationToken cancellationToken) =>
        client.CallAsync(
            $"{what} {message.MessageId} (number {message.SequenceNumber}) of {Name}",
            () => settle(queue.Find(sub, message)
                ?? throw new ServiceBusException("The lock is lost.", ServiceBusFailureReason.MessageLockLost)),
            cancellationToken);

    private static (IReadOnlyList<ServiceBusReceivedMessage>, ulong) Told(IReadOnlyList<SimulatedMessage> messages) =>
        ([.. messages.Select(message => message.ToReceived())], messages.Aggregate(1UL, (hash, one) => hash * 31 + one.Hash));
}
