using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Local.Queueing;

/// <summary>Takes batches from each queue and has them processed, as the queue-triggered functions do on Azure.</summary>
internal sealed partial class QueuePumps(ILocalQueue queue, DeliveryProcessor processor, ILogger<QueuePumps> logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(QueueNames.All.Select(name => PumpAsync(name, stoppingToken)));

    private async Task PumpAsync(string name, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PumpOnceAsync(name, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // The queue file cannot be read or written just now. What was received is delivered again.
                LogPumpFailed(logger, name, exception.Message);
                await Task.Delay(PauseAfterError, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                // What was received is delivered again after the next start.
                return;
            }
        }
    }

    private async Task PumpOnceAsync(string name, CancellationToken stoppingToken)
    {
        var deliveries = await queue.ReceiveAsync(name, DeliveryProcessor.BatchSize, stoppingToken);
        var settlements = await processor.ProcessAsync(
            name, [.. deliveries.Select(delivery => new Delivery(delivery.Event, delivery.Failures))], stoppingToken);
        await queue.SettleAsync([.. deliveries.Zip(settlements)]);
        foreach (var settlement in settlements.Distinct())
        {
            if (settlement is Settlement.Release release) LogReleased(logger, name, release.Reason);
            if (settlement is Settlement.DeadLetter dead) LogDeadLettered(logger, name, dead.Description);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: left for later: {Reason}")]
    private static partial void LogReleased(ILogger logger, string queue, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: dead-lettered: {Reason}")]
    private static partial void LogDeadLettered(ILogger logger, string queue, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue}: the queue file cannot be used: {Error}")]
    private static partial void LogPumpFailed(ILogger logger, string queue, string error);
}
