using System.Globalization;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions;

/// <summary>What a redrive did with a dead letter.</summary>
internal enum RedriveOutcome
{
    /// <summary>It is still a dead letter: a step failed, or the time ran out.</summary>
    Left,

    /// <summary>A copy is in the queue, and the dead letter is gone.</summary>
    Moved,

    /// <summary>Not for this run: it came after the run began, or it is a copy that this run sent and that failed
    /// again.</summary>
    Skipped,
}

/// <summary>Redrives the dead letters of one queue. It first sends a copy and then completes the dead letter. If it fails in
/// between, the event exists twice, and duplicate detection or the projector drops one. No event is ever lost.</summary>
internal sealed partial class QueueRedrive(string queue, DateTimeOffset began, ILogger logger)
{
    /// <summary>How long a queue keeps a copy. Without it, the copy would expire when the original does.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromDays(14);

    private static readonly TimeSpan ReceiveWait = TimeSpan.FromSeconds(2);
    private static readonly ServiceBusReceiverOptions DeadLetters = new() { SubQueue = SubQueue.DeadLetter };

    // By sequence number, which is unique in the queue.
    private readonly Dictionary<long, RedriveOutcome> outcomes = [];

    // The ids of the copies that were sent, by the sequence numbers of their originals.
    private readonly Dictionary<long, string> copies = [];

    public string Queue => queue;

    /// <summary>Whether another run has locked all dead letters. If that run has died, its locks expire within five
    /// minutes.</summary>
    public bool IsLocked { get; private set; }

    public IReadOnlyCollection<RedriveOutcome> Outcomes => outcomes.Values;

    /// <summary>Returns how many messages it received, at most <paramref name="limit"/>, which is not 0. Throws when the
    /// queue cannot be read.</summary>
    public async Task<int> RunAsync(ServiceBusClient client, int limit, CancellationToken ending)
    {
        await using var receiver = client.CreateReceiver(queue, DeadLetters);
        // Most queues have no dead letters, and a receive would wait for one.
        if (await receiver.PeekMessageAsync(cancellationToken: ending) is null) return 0;

        await using var sender = client.CreateSender(queue);
        List<ServiceBusReceivedMessage> received = [];
        try
        {
            while (received.Count < limit)
            {
                var batch = await receiver.ReceiveMessagesAsync(
                    Math.Min(DeliveryProcessor.BatchSize, limit - received.Count), ReceiveWait, ending);
                if (batch.Count == 0) break;
                received.AddRange(batch);
                foreach (var message in batch)
                {
                    outcomes[message.SequenceNumber] = await MoveAsync(message, sender, receiver, ending);
                }
            }
        }
        finally
        {
            // Only now: an abandoned message would be received again at once.
            await Task.WhenAll(received
                .Where(message => outcomes.GetValueOrDefault(message.SequenceNumber) is not RedriveOutcome.Moved)
                .Select(message => AbandonAsync(message, receiver)));
        }

        IsLocked = received.Count == 0;
        return received.Count;
    }

    private async Task<RedriveOutcome> MoveAsync(
        ServiceBusReceivedMessage message, ServiceBusSender sender, ServiceBusReceiver receiver, CancellationToken ending)
    {
        // A copy that failed again would otherwise be moved again and again.
        if (message.EnqueuedTime > began || copies.ContainsValue(Id(message))) return RedriveOutcome.Skipped;
        try
        {
            if (!copies.ContainsKey(message.SequenceNumber))
            {
                var copyId = MessageIds.OfCopy(Id(message));
                // If somebody gave several messages the same id by hand, the queue would drop all copies but one.
                while (copies.ContainsValue(copyId)) copyId = MessageIds.OfCopy(copyId);
                await sender.SendMessageAsync(Copy(message, copyId), ending);
                copies[message.SequenceNumber] = copyId;
            }

            // No cancellation: the copy is sent, so complete the original.
            await receiver.CompleteMessageAsync(message, CancellationToken.None);
            return RedriveOutcome.Moved;
        }
        catch (Exception exception)
        {
            LogNotMoved(logger, queue, exception.GetType().Name);
            return RedriveOutcome.Left;
        }
    }

    private async Task AbandonAsync(ServiceBusReceivedMessage message, ServiceBusReceiver receiver)
    {
        try { await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None); }
        catch (Exception exception) { LogStaysLocked(logger, queue, exception.GetType().Name); }
    }

    private static ServiceBusMessage Copy(ServiceBusReceivedMessage message, string id)
    {
        var copy = new ServiceBusMessage(message) { MessageId = id, TimeToLive = TimeToLive };
        // The copy starts with no failures, like any other message.
        copy.ApplicationProperties.Remove(EventMessage.FailuresProperty);
        return copy;
    }

    // A message that somebody put there by hand may have no id.
    private static string Id(ServiceBusReceivedMessage message) => string.IsNullOrEmpty(message.MessageId)
        ? message.SequenceNumber.ToString(CultureInfo.InvariantCulture) : message.MessageId;

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: a dead letter was not moved: {Error}")]
    private static partial void LogNotMoved(ILogger logger, string queue, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: a dead letter stays locked for some minutes: {Error}")]
    private static partial void LogStaysLocked(ILogger logger, string queue, string error);
}
