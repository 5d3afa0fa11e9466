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
        await using var receiver = client.CreateReceiver(queue, DeadLetters);
        // Most queues have no dead letters, and a receive would wait for one.
        if (await receiver.PeekMessageAsync(cancellationToken: ending) is null) return 0;

        List<ServiceBusReceivedMessage> received = [];
        try
        {
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
            await Task.WhenAll(received.FindAll(mustAbandon).Select(message => AbandonAsync(message, receiver)));
        }

        IsLocked = received.Count == 0;
        return received.Count;
    }

    private async Task AbandonAsync(ServiceBusReceivedMessage message, ServiceBusReceiver receiver)
    {
        try { await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None); }
        catch (Exception exception) { LogStaysLocked(logger, queue, exception.GetType().Name); }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: a dead letter stays locked for some minutes: {Error}")]
    private static partial void LogStaysLocked(ILogger logger, string queue, string error);
}
