using Microsoft.Extensions.Logging;

namespace BelcoFunctions;

/// <summary>The dead letters of one queue, as one run receives them: each stays locked until the run ends, so that the next
/// receive returns others.</summary>
internal sealed partial class DeadLetterQueue(string queue, ILogger logger)
{
    private static readonly TimeSpan ReceiveWait = TimeSpan.FromSeconds(2);
    private static readonly ServiceBusReceiverOptions DeadLetters = new() { SubQueue = SubQueue.DeadLetter };

    public string Name => queue;

    /// <summary>Whether another run has locked all dead letters. If that run has died, its locks expire within five
    /// minutes.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>Receives the dead letters. Throws when the queue cannot be read, and what <paramref name="handle"/>
    /// throws.</summary>
    /// <param name="client">Opens the queue.</param>
    /// <param name="limit">How many to receive at most; not 0.</param>
    /// <param name="handle">Does what is to do with each.</param>
    /// <param name="mustAbandon">Whether to unlock one at the end.</param>
    /// <param name="ending">Ends the run.</param>
    /// <returns>How many it received.</returns>
    public async Task<int> ReceiveAsync(
        ServiceBusClient client, int limit, Func<ServiceBusReceivedMessage, ServiceBusReceiver, Task> handle,
        Predicate<ServiceBusReceivedMessage> mustAbandon, CancellationToken ending)
    {
        var receiver = client.CreateReceiver(queue, DeadLetters);
        List<ServiceBusReceivedMessage> received = [];
        try
        {
            // Most queues have no dead letters, and a receive would wait for one.
            if (await receiver.PeekMessageAsync(cancellationToken: ending) is null) return 0;
            while (received.Count < limit)
            {
                var batch = await receiver.ReceiveMessagesAsync(
                    Math.Min(DeliveryProcessor.BatchSize, limit - received.Count), ReceiveWait, ending);
                if (batch.Count == 0) break;
                received.AddRange(batch);
                foreach (var message in batch) await handle(message, receiver);
            }
        }
        finally
        {
            // Only now: an abandoned message would be received again at once.
            var abandoned = received.Where(message => mustAbandon(message));
            await Task.WhenAll(abandoned.Select(message => AbandonAsync(message, receiver)));
            await ServiceBusLink.CloseAsync(receiver);
        }

        IsLocked = received.Count == 0;
        return received.Count;
    }

    /// <summary>Removes a dead letter, whatever has been canceled. Returns false if it is still there, or if that is not
    /// known.</summary>
    public async Task<bool> CompleteAsync(ServiceBusReceivedMessage message, ServiceBusReceiver receiver)
    {
        try
        {
            await receiver.CompleteMessageAsync(message, CancellationToken.None);
            return true;
        }
        catch (Exception exception)
        {
            if (await IsGoneAsync(message, receiver)) return true;
            LogNotRemoved(logger, queue, exception.Reason());
            return false;
        }
    }

    // The queue may have removed it although its answer came too late.
    private static async Task<bool> IsGoneAsync(ServiceBusReceivedMessage message, ServiceBusReceiver receiver)
    {
        try
        {
            var next = await receiver.PeekMessageAsync(message.SequenceNumber, CancellationToken.None);
            return next?.SequenceNumber != message.SequenceNumber;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private async Task AbandonAsync(ServiceBusReceivedMessage message, ServiceBusReceiver receiver)
    {
        try { await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None); }
        catch (Exception exception) { LogStaysLocked(logger, queue, exception.Reason()); }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: a dead letter could not be removed: {Reason}")]
    private static partial void LogNotRemoved(ILogger logger, string queue, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: a dead letter stays locked for some minutes: {Reason}")]
    private static partial void LogStaysLocked(ILogger logger, string queue, string reason);
}
