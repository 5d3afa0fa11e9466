using System.Collections.Frozen;

namespace BelcoFunctions;

/// <summary>The queues on Service Bus: one sender each, for the life of the process.</summary>
internal sealed class ServiceBusEventQueue(ServiceBusClient client) : IEventQueue
{
    private readonly FrozenDictionary<string, ServiceBusSender> senders =
        QueueNames.All.ToFrozenDictionary(name => name, client.CreateSender);

    public Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken) =>
        senders[queuedEvent.Queue].SendMessageAsync(queuedEvent.ToMessage(), cancellationToken);

    // Asking a queue for the size of a batch opens its link, needs no right but to send, and sends nothing.
    public Task CheckAsync(CancellationToken cancellationToken) => Task.WhenAll(senders.Values.Select(async sender =>
    {
        using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
    }));
}
