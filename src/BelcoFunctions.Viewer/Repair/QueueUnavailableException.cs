namespace BelcoFunctions.Viewer.Repair;

/// <summary>The host's queues cannot be read.</summary>
/// <param name="message">Why, and what to do, in sentences for the reader of a page.</param>
/// <param name="inner">The error.</param>
public sealed class QueueUnavailableException(string message, Exception inner) : Exception(message, inner);
