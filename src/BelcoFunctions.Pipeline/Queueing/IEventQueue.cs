namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>The sending side of the queues. An exception means that the queue does not have the event.</summary>
public interface IEventQueue
{
    /// <summary>Returns once the queue has stored the event durably.</summary>
    Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken);

    /// <summary>Returns if the queues answer, and throws if they do not.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
