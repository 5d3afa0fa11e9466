namespace BelcoFunctions.Viewer.Shared;

/// <summary>What waits in a queue.</summary>
/// <param name="Name">The queue.</param>
/// <param name="Depth">How many events wait.</param>
/// <param name="OldestReceivedAt">When the webhook of the oldest one arrived; null when none waits.</param>
/// <param name="DeadLetters">How many dead letters it has.</param>
public sealed record QueueState(string Name, int Depth, DateTimeOffset? OldestReceivedAt, int DeadLetters);
