using BelcoFunctions.Cli.Serve.Live;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Cli.Serve.Repair;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>Receives, projects and settles the events of each queue in batches, as the queue functions do on Azure.</summary>
internal sealed partial class QueuePumps(
    ILocalQueue queue, DeliveryProcessor processor, WebhookLog webhooks, RedriveRuns redrives, QueueConcurrency concurrency,
    TimeProvider time, ILogger<QueuePumps> logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(1);

    // Lets one batch run at a time: two batches with events of the same conversation would compete for its row, and Azurite
    // handles only one request at a time anyway.
    private readonly IQueueSignal isFree = concurrency.CreateSignal("projecting", isSet: true);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(QueueNames.All.Select(name => PumpAsync(name, stoppingToken)));

    /// <summary>Works on one queue until <paramref name="stoppingToken"/> is cancelled.</summary>
    public async Task PumpAsync(string name, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PumpOnceAsync(name, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // For example a full disk. What was received and not settled is still due, and is received again.
                LogPumpFailed(logger, name, PauseAfterError.TotalSeconds, exception.Message);
                await Task.Delay(PauseAfterError, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // The received events are still due at the next start.
                return;
            }
        }
    }

    private async Task PumpOnceAsync(string name, CancellationToken stoppingToken)
    {
        await queue.LetSendersGoFirstAsync(stoppingToken);
        var deliveries = await queue.ReceiveAsync(name, DeliveryProcessor.BatchSize, stoppingToken);
        redrives.Received(deliveries);
        var processed = await ProcessAsync(
            name, [.. deliveries.Select(delivery => new Delivery(delivery.Event, delivery.Failures))], stoppingToken);
        Settlement[] settlements = [.. processed.Select(each => each.Settlement)];
        await queue.SettleAsync([.. deliveries.Zip(settlements)]);
        foreach (var (delivery, (outcome, settlement)) in deliveries.Zip(processed))
        {
            webhooks.Settled(delivery.Event, outcome, settlement);
            redrives.Settled(delivery, outcome, settlement);
        }

        foreach (var (reason, count) in settlements.OfType<Settlement.Abandon>().CountBy(abandon => abandon.Reason))
        {
            LogAbandoned(logger, name, CountText.Format(count, "event"), reason);
        }

        foreach (var (reason, count) in settlements.OfType<Settlement.DeadLetter>().CountBy(dead => dead.Description))
        {
            LogDeadLettered(logger, name, CountText.Format(count, "event"), reason);
        }
    }

    private async Task<IReadOnlyList<ProcessedDelivery>> ProcessAsync(
        string name, IReadOnlyList<Delivery> batch, CancellationToken stoppingToken)
    {
        await isFree.WaitAsync(Timeout.InfiniteTimeSpan, stoppingToken);
        try
        {
            return await processor.ProcessAsync(name, batch, stoppingToken);
        }
        finally
        {
            isFree.Set();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: put back {Events} for another try: {Reason}")]
    private static partial void LogAbandoned(ILogger logger, string queue, string events, string reason);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Queue}: dead-lettered {Events}: {Reason} Fix the cause, then run belco redrive.")]
    private static partial void LogDeadLettered(ILogger logger, string queue, string events, string reason);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "{Queue}: the queue file could not be used. Check its disk. Next try in {Seconds} s: {Error}")]
    private static partial void LogPumpFailed(ILogger logger, string queue, double seconds, string error);
}
