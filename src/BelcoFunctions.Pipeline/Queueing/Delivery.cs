namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>A queued event as a queue delivers it.</summary>
/// <param name="Event">The event.</param>
/// <param name="Failures">How many earlier deliveries ended with an unexpected error.</param>
public readonly record struct Delivery(QueuedEvent Event, int Failures);
