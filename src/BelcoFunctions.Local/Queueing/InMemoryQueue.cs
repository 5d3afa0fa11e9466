using System.Collections.Frozen;
using System.Threading.Channels;
using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Local.Queueing;

/// <summary>Queues that last as long as the process.</summary>
internal sealed partial class InMemoryQueue(TimeProvider time, ILogger<InMemoryQueue> logger) : ILocalQueue
{
    private readonly FrozenDictionary<string, Channel<LocalDelivery>> queues =
        QueueNames.All.ToFrozenDictionary(name => name, _ => Channel.CreateUnbounded<LocalDelivery>());

    public Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken)
    {
        Add(new LocalDelivery(queuedEvent, DeliveryCount: 1, Failures: 0));
        return Task.CompletedTask;
    }

    public Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IReadOnlyList<LocalDelivery>> ReceiveAsync(string queue, int maxDeliveries, CancellationToken cancellationToken)
    {
        var reader = queues[queue].Reader;
        List<LocalDelivery> deliveries = [await reader.ReadAsync(cancellationToken)];
        while (deliveries.Count < maxDeliveries && reader.TryRead(out var delivery)) deliveries.Add(delivery);
        return deliveries;
    }

    public Task SettleAsync(LocalDelivery delivery, Settlement settlement, CancellationToken cancellationToken)
    {
        switch (settlement)
        {
            case Settlement.Complete:
                break;
            case Settlement.DeadLetter deadLetter:
                LogDeadLetter(logger, delivery.Event.Queue, deadLetter.Reason, deadLetter.Description);
                break;
            case Settlement.Release release:
                _ = ReturnAsync(delivery with { DeliveryCount = delivery.DeliveryCount + 1, Failures = release.Failures },
                    Backoff.Delay(delivery.DeliveryCount, Random.Shared.NextDouble()));
                break;
        }

        return Task.CompletedTask;
    }

    private async Task ReturnAsync(LocalDelivery delivery, TimeSpan delay)
    {
        await Task.Delay(delay, time);
        Add(delivery);
    }

    private void Add(LocalDelivery delivery) => queues[delivery.Event.Queue].Writer.TryWrite(delivery);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: an event cannot be projected: {Reason}: {Description}")]
    private static partial void LogDeadLetter(ILogger logger, string queue, string reason, string description);
}
