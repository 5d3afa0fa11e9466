using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Local.Queueing;

/// <summary>Takes batches from each queue and has them processed, as the queue-triggered functions do on Azure.</summary>
internal sealed partial class QueuePumps(ILocalQueue queue, DeliveryProcessor processor, ILogger<QueuePumps> logger) : BackgroundService
{
    /// <summary>The same as <c>maxMessageBatchSize</c> in host.json.</summary>
    private const int BatchSize = 50;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(QueueNames.All.Select(name => PumpAsync(name, stoppingToken)));

    private async Task PumpAsync(string name, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var deliveries = await queue.ReceiveAsync(name, BatchSize, stoppingToken);
                var settlements = await processor.ProcessAsync(
                    name, [.. deliveries.Select(delivery => new Delivery(delivery.Event, delivery.Failures))], stoppingToken);
                foreach (var (delivery, settlement) in deliveries.Zip(settlements))
                {
                    if (settlement is Settlement.Release release) LogRelease(logger, name, release.Reason);
                    await queue.SettleAsync(delivery, settlement, CancellationToken.None);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: an event is left for later: {Reason}")]
    private static partial void LogRelease(ILogger logger, string queue, string reason);
}
