namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>The sending side of the queues. Any exception means that the event was not taken.</summary>
public interface IEventQueue
{
    /// <summary>Returns once the queue has the event for good.</summary>
    Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken);

    /// <summary>Returns when the queues answer, and throws when they do not.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
