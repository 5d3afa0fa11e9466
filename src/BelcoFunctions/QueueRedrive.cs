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
internal sealed partial class QueueRedrive(string queue, DateTimeOffset began, ILogger logger) : IQueueRun
{
    /// <summary>How long a queue keeps a copy. Without it, the copy would expire when the original does.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromDays(14);

    // By sequence number, which is unique in the queue.
    private readonly Dictionary<long, RedriveOutcome> outcomes = [];

    // The ids of the copies that were sent, by the sequence numbers of their originals.
    private readonly Dictionary<long, string> copies = [];

    public DeadLetterQueue DeadLetters { get; } = new(queue, logger);

    /// <summary>How many of its messages to receive at most; not 0.</summary>
    public int MaxMessages { get; init; } = int.MaxValue;

    public IReadOnlyCollection<RedriveOutcome> Outcomes => outcomes.Values;

    public async Task<int> RunAsync(ServiceBusClient client, int limit, CancellationToken ending)
    {
        var sender = client.CreateSender(queue);
        try
        {
            return await DeadLetters.ReceiveAsync(
                client, Math.Min(limit, MaxMessages),
                async (message, receiver) =>
                    outcomes[message.SequenceNumber] = await MoveAsync(message, sender, receiver, ending),
                message => outcomes.GetValueOrDefault(message.SequenceNumber) is not RedriveOutcome.Moved, ending);
        }
        finally
        {
            await ServiceBusLink.CloseAsync(sender);
        }
    }

    private async Task<RedriveOutcome> MoveAsync(
        ServiceBusReceivedMessage message, ServiceBusSender sender, ServiceBusReceiver receiver, CancellationToken ending)
    {
        // A copy that failed again would otherwise be moved again and again.
        if (message.EnqueuedTime > began || copies.ContainsValue(Id(message))) return RedriveOutcome.Skipped;
        // The run is over, so the rest of what it received stays.
        if (ending.IsCancellationRequested) return RedriveOutcome.Left;
        try
        {
            if (!copies.ContainsKey(message.SequenceNumber))
            {
                var copyId = MessageIds.OfCopy(Id(message), message.SequenceNumber);
                await sender.SendMessageAsync(Copy(message, copyId), ending);
                copies[message.SequenceNumber] = copyId;
            }
        }
        catch (Exception exception)
        {
            LogNotMoved(logger, queue, exception.Reason());
            return RedriveOutcome.Left;
        }

        return await DeadLetters.CompleteAsync(message, receiver) ? RedriveOutcome.Moved : RedriveOutcome.Left;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: a dead letter was not moved: {Reason}")]
    private static partial void LogNotMoved(ILogger logger, string queue, string reason);
}
