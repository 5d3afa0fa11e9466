using BelcoFunctions.Pipeline.Tables;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.ServiceBus;

/// <summary>Processes a batch of messages, and settles each message by its own outcome. The host runs one batch per queue at
/// a time and renews no locks. If an execution fails, the host abandons all its unsettled messages. So this class does not
/// throw, and ends within <see cref="BatchTimeout"/>.</summary>
public sealed partial class BatchSettler(DeliveryProcessor processor, TimeProvider time, ILogger<BatchSettler> logger)
{
    /// <summary>How long a batch may take. A lock lasts five minutes.</summary>
    public static readonly TimeSpan BatchTimeout = TimeSpan.FromSeconds(60);

    internal Concurrency Concurrency { get; init; } = Concurrency.OnThreads;

    public async Task HandleAsync(
        string queue, ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(BatchTimeout - Backoff.Max, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        Delivery[] batch = [.. messages.Select(message => message.ToDelivery(queue))];
        var processed = await processor.ProcessAsync(queue, batch, ending.Token);
        (ServiceBusReceivedMessage Message, Settlement Settlement)[] settlements =
            [.. messages.Zip(processed.Select(each => each.Settlement))];
        var decided = settlements.Where(each => each.Settlement is not Settlement.Abandon);
        var abandoned = settlements.Where(each => each.Settlement is Settlement.Abandon).ToList();

        await Task.WhenAll(decided.Select(each => SettleAsync(queue, each.Message, each.Settlement, actions)));
        if (abandoned.Count == 0) return;

        // An abandoned message is delivered again at once, so wait before abandoning, once for all messages. Do not wait when
        // the host is stopping.
        var wait = Backoff.Delay(abandoned.Min(each => each.Message.DeliveryCount), Concurrency.NextDouble());
        await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(abandoned.Select(each => SettleAsync(queue, each.Message, each.Settlement, actions)));
    }

    private async Task SettleAsync(
        string queue, ServiceBusReceivedMessage message, Settlement settlement, ServiceBusMessageActions actions)
    {
        try
        {
            // Not canceled: the queue must get the settlement, even while the host is stopping.
            await (settlement switch
            {
                Settlement.Complete => actions.CompleteMessageAsync(message, CancellationToken.None),
                Settlement.DeadLetter letter => actions.DeadLetterMessageAsync(message, deadLetterReason: letter.Reason,
                    deadLetterErrorDescription: letter.Description, cancellationToken: CancellationToken.None),
                Settlement.Abandon abandon => actions.AbandonMessageAsync(message,
                    new Dictionary<string, object> { [EventMessage.FailuresProperty] = abandon.Failures },
                    CancellationToken.None),
                _ => throw new ArgumentOutOfRangeException(nameof(settlement)),
            });
            if (settlement is Settlement.Abandon abandoned) LogAbandoned(logger, queue, abandoned.Reason);
            if (settlement is Settlement.DeadLetter dead) LogDeadLettered(logger, queue, dead.Reason, dead.Description);
        }
        catch (Exception exception)
        {
            // Most likely the lock was lost. The message is delivered again and found to be a duplicate.
            LogNotSettled(logger, queue, exception.Reason());
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: an event was put back and will be delivered again: {Reason}")]
    private static partial void LogAbandoned(ILogger logger, string queue, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: an event is now a dead letter ({Reason}): {Description}")]
    private static partial void LogDeadLettered(ILogger logger, string queue, string reason, string description);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Queue}: a message could not be settled: {Reason}. It will be delivered again.")]
    private static partial void LogNotSettled(ILogger logger, string queue, string reason);
}
