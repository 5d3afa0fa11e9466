using System.Collections.Frozen;

namespace BelcoFunctions.ServiceBus;

/// <summary>The queues on Service Bus. Each has one sender for the life of the process.</summary>
internal sealed class ServiceBusEventQueue(ServiceBusClient client) : IEventQueue
{
    private readonly FrozenDictionary<string, ServiceBusSender> senders =
        QueueNames.All.ToFrozenDictionary(name => name, client.CreateSender);

    private readonly FrozenDictionary<string, QueuePeek> peeks =
        QueueNames.All.ToFrozenDictionary(name => name, name => new QueuePeek(name, client));

    public async Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken)
    {
        try
        {
            await senders[queuedEvent.Queue].SendMessageAsync(queuedEvent.ToMessage(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new QueueException(exception.Reason(), exception);
        }
    }

    public Task CheckAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(peeks.Values.Select(peek => peek.CheckAsync(cancellationToken)));

    /// <summary>Connects the senders, so that the first webhook need not wait. Throws when a queue does not answer.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(senders.Values.Select(sender => OpenAsync(sender, cancellationToken)));

    // Creating a batch asks the queue for the largest message size, so it connects. Nothing is sent.
    private static async Task OpenAsync(ServiceBusSender sender, CancellationToken cancellationToken)
    {
        using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
    }
}
