using Microsoft.Extensions.Logging;

namespace BelcoFunctions;

/// <summary>Has a batch of messages processed, and settles each by its own outcome. The host settles none of them, abandons what a
/// failed execution leaves unsettled, runs one batch of a queue at a time, and renews no lock: so nothing throws here, and
/// everything ends within <see cref="BatchTimeout"/>.</summary>
public sealed partial class BatchSettler(DeliveryProcessor processor, TimeProvider time, ILogger<BatchSettler> logger)
{
    /// <summary>How long a batch may take. Locks last five minutes.</summary>
    public static readonly TimeSpan BatchTimeout = TimeSpan.FromSeconds(60);

    public async Task HandleAsync(
        string queue, ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(BatchTimeout - Backoff.Max, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        var settlements = await processor.ProcessAsync(queue, [.. messages.Select(message => message.ToDelivery(queue))], ending.Token);
        var released = messages.Zip(settlements).ToLookup(pair => pair.Second is Settlement.Abandon);

        await Task.WhenAll(released[false].Select(pair => SettleAsync(queue, pair.First, pair.Second, actions)));
        if (!released[true].Any()) return;

        // One wait for all: an abandoned message comes back at once. None when the host is stopping: another instance waits.
        var wait = Backoff.Delay(released[true].Min(pair => pair.First.DeliveryCount), Random.Shared.NextDouble());
        await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(released[true].Select(pair => SettleAsync(queue, pair.First, pair.Second, actions)));
    }

    private async Task SettleAsync(string queue, ServiceBusReceivedMessage message, Settlement settlement, ServiceBusMessageActions actions)
    {
        try
        {
            // No token: a decision that is made is to reach the queue, even while the host is stopping.
            await (settlement switch
            {
                Settlement.Complete => actions.CompleteMessageAsync(message, CancellationToken.None),
                Settlement.DeadLetter dead => actions.DeadLetterMessageAsync(message,
                    deadLetterReason: dead.Reason, deadLetterErrorDescription: dead.Description, cancellationToken: CancellationToken.None),
                Settlement.Abandon release => actions.AbandonMessageAsync(message,
                    new Dictionary<string, object> { [EventMessage.FailuresProperty] = release.Failures }, CancellationToken.None),
                _ => throw new ArgumentOutOfRangeException(nameof(settlement)),
            });
            if (settlement is not Settlement.Complete) LogSettled(logger, queue, settlement);
        }
        catch (Exception exception)
        {
            // The lock was lost, most likely. The message comes again, and is found to be a duplicate.
            LogNotSettled(logger, queue, exception.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: {Settlement}")]
    private static partial void LogSettled(ILogger logger, string queue, Settlement settlement);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: a message could not be settled: {Error}. It will be delivered again.")]
    private static partial void LogNotSettled(ILogger logger, string queue, string error);
}
