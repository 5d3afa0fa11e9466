using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Local.Queueing;

/// <summary>Takes batches from each queue and has them processed, as the queue-triggered functions do on Azure.</summary>
internal sealed partial class QueuePumps(ILocalQueue queue, DeliveryProcessor processor, ILogger<QueuePumps> logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(1);

    // Batches of one conversation's events in two queues would contend for its row, and Azurite does one thing at a time anyway.
    private readonly SemaphoreSlim projecting = new(1);

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
        var settlements = await ProcessAsync(
            name, [.. deliveries.Select(delivery => new Delivery(delivery.Event, delivery.Failures))], stoppingToken);
        await queue.SettleAsync([.. deliveries.Zip(settlements)]);
        foreach (var settlement in settlements.Distinct())
        {
            if (settlement is Settlement.Abandon release) LogAbandoned(logger, name, release.Reason);
            if (settlement is Settlement.DeadLetter dead) LogDeadLettered(logger, name, dead.Description);
        }
    }

    private async Task<IReadOnlyList<Settlement>> ProcessAsync(string name, IReadOnlyList<Delivery> batch, CancellationToken stoppingToken)
    {
        await projecting.WaitAsync(stoppingToken);
        try
        {
            return await processor.ProcessAsync(name, batch, stoppingToken);
        }
        finally
        {
            projecting.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: left for later: {Reason}")]
    private static partial void LogAbandoned(ILogger logger, string queue, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: dead-lettered: {Reason}")]
    private static partial void LogDeadLettered(ILogger logger, string queue, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Queue}: the queue file cannot be used: {Error}")]
    private static partial void LogPumpFailed(ILogger logger, string queue, string error);
}
