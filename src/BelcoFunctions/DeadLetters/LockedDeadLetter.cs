using BelcoFunctions.ServiceBus;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.DeadLetters;

/// <summary>A dead letter that a run has received. Nobody else receives it until it is unlocked, or until its lock expires
/// after five minutes.</summary>
internal sealed partial class LockedDeadLetter(
    ServiceBusClient client, string queue, ServiceBusReceivedMessage message, ServiceBusReceiver receiver, ILogger logger)
{
    public ServiceBusReceivedMessage Message => message;

    /// <summary>Stays the same when the dead letter is received again.</summary>
    public (string Queue, long Number) Key => (queue, message.SequenceNumber);

    public bool IsRemoved { get; private set; }

    /// <summary>True if the run is done with this dead letter. If the run ends early, such a dead letter stays locked, so
    /// that the next run reaches other ones.</summary>
    public bool IsDone { get; set; }

    /// <summary>Removes it from its queue, even after a cancellation. Returns false if it is still there, or if that is not
    /// known.</summary>
    public async Task<bool> RemoveAsync()
    {
        try
        {
            await receiver.CompleteMessageAsync(message, CancellationToken.None);
            return IsRemoved = true;
        }
        catch (Exception exception)
        {
            if (await IsGoneAsync()) return IsRemoved = true;
            LogNotRemoved(logger, queue, exception.Reason());
            return false;
        }
    }

    public async Task UnlockAsync()
    {
        try { await receiver.AbandonMessageAsync(message, cancellationToken: CancellationToken.None); }
        catch (Exception exception) { LogStaysLocked(logger, queue, exception.Reason()); }
    }

    // The queue may have removed the message, and only its answer was lost. A new receiver asks: after a lost connection,
    // the old one may not be able to peek for another minute.
    private async Task<bool> IsGoneAsync()
    {
        var other = client.CreateReceiver(queue, DeadLetterRun.DeadLetters);
        try
        {
            var next = await other.PeekMessageAsync(message.SequenceNumber, CancellationToken.None);
            return next?.SequenceNumber != message.SequenceNumber;
        }
        catch (Exception)
        {
            return false;
        }
        finally
        {
            await ServiceBusLink.CloseAsync(other);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: a dead letter could not be removed: {Reason}")]
    private static partial void LogNotRemoved(ILogger logger, string queue, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: a dead letter stays locked for some minutes: {Reason}")]
    private static partial void LogStaysLocked(ILogger logger, string queue, string reason);
}
