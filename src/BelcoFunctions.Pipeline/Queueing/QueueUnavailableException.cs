namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>The host's queues cannot be read.</summary>
/// <param name="message">Why, and what to do, in sentences for an operator.</param>
/// <param name="inner">The error.</param>
public sealed class QueueUnavailableException(string message, Exception inner) : Exception(message, inner);
