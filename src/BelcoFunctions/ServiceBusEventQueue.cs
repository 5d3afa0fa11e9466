using System.Collections.Frozen;

namespace BelcoFunctions;

/// <summary>The queues on Service Bus. Each has one sender and one receiver for the life of the process.</summary>
internal sealed class ServiceBusEventQueue(ServiceBusClient client) : IEventQueue
{
    private readonly FrozenDictionary<string, ServiceBusSender> senders =
        QueueNames.All.ToFrozenDictionary(name => name, client.CreateSender);

    private readonly FrozenDictionary<string, ServiceBusReceiver> receivers =
        QueueNames.All.ToFrozenDictionary(name => name, client.CreateReceiver);

    public Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken) =>
        senders[queuedEvent.Queue].SendMessageAsync(queuedEvent.ToMessage(), cancellationToken);

    // A peek asks the queue each time and takes nothing from it.
    public Task CheckAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(receivers.Values.Select(receiver => receiver.PeekMessageAsync(cancellationToken: cancellationToken)));
}
