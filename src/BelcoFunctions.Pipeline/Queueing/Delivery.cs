namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>A queued event as a queue delivers it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Failures">The unexpected errors it met in earlier deliveries.</param>
public readonly record struct Delivery(QueuedEvent Event, int Failures);
