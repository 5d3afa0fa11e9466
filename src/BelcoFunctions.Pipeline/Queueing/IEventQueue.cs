namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>The sending side of the queues.</summary>
public interface IEventQueue
{
    /// <summary>Returns once the queue has stored the event durably. An exception means that the queue may not have the event.
    /// It is a <see cref="QueueException"/> if the queue's client gives a reason.</summary>
    Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken);

    /// <summary>Returns if the queues answer, and throws if they do not.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
