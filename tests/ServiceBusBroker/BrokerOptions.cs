namespace BelcoFunctions.ServiceBusBroker;

/// <summary>How a <see cref="Broker"/> behaves. The defaults are those of the queues that the app deploys.</summary>
public sealed record BrokerOptions
{
    /// <summary>The clock of locks, time to live and duplicate detection. Tokens expire by the system's clock, because the
    /// client signs them by it.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a lock lasts. <see cref="BrokerQueue.LockDuration"/> changes it for one queue.</summary>
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a queue remembers the id of a message to drop duplicates.</summary>
    public TimeSpan DuplicateDetectionWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The largest message or batch that a queue accepts, in bytes.</summary>
    public int MaxMessageSize { get; init; } = 256 * 1024;
}
