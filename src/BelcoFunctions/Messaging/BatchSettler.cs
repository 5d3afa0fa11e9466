using Azure.Messaging.ServiceBus;
using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Messaging;

/// <summary>Has a batch of messages processed, and settles each by its own outcome. The host settles none of them, abandons what a
/// failed execution leaves unsettled, runs one batch of a queue at a time, and renews no lock: so nothing throws here, and
/// everything ends within <see cref="Patience"/>.</summary>
public sealed partial class BatchSettler(DeliveryProcessor processor, TimeProvider time, ILogger<BatchSettler> logger)
{
    /// <summary>How long a batch may take. Locks last five minutes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task HandleAsync(
        string queue, ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Patience - Backoff.Max, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var settlements = await processor.ProcessAsync(queue, [.. messages.Select(message => message.ToDelivery(queue))], ending.Token);
        var settled = messages.Zip(settlements).ToLookup(pair => pair.Second is Settlement.Release);

        await Task.WhenAll(settled[false].Select(pair => SettleAsync(queue, pair.First, pair.Second, actions)));
        if (!settled[true].Any()) return;

        // One wait for all: an abandoned message comes back at once.
        await WaitAsync(settled[true].Min(pair => pair.First.DeliveryCount), cancellationToken);
        await Task.WhenAll(settled[true].Select(pair => SettleAsync(queue, pair.First, pair.Second, actions)));
    }

    private async Task WaitAsync(int deliveryCount, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Backoff.Delay(deliveryCount, Random.Shared.NextDouble()), time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The host is stopping: abandon at once, so that another instance gets the messages.
        }
    }

    private async Task SettleAsync(string queue, ServiceBusReceivedMessage message, Settlement settlement, ServiceBusMessageActions actions)
    {
        try
        {
            // No token: a decision that is made is to reach the queue, even while the host is stopping.
            await (settlement switch
            {
                Settlement.Complete => actions.CompleteMessageAsync(message, CancellationToken.None),
                Settlement.DeadLetter dead => actions.DeadLetterMessageAsync(
                    message, deadLetterReason: dead.Reason, deadLetterErrorDescription: dead.Description,
                    cancellationToken: CancellationToken.None),
                Settlement.Release release => actions.AbandonMessageAsync(
                    message, new Dictionary<string, object> { [EventMessage.FailuresProperty] = release.Failures }, CancellationToken.None),
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
