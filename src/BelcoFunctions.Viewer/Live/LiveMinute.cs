namespace BelcoFunctions.Viewer.Live;

/// <summary>What happened in a minute.</summary>
/// <param name="Start">When it began.</param>
public sealed record LiveMinute(DateTimeOffset Start)
{
    /// <summary>Webhooks that were queued, to be projected.</summary>
    public int Queued { get; init; }

    /// <summary>Webhooks that were queued, to be stored as unprojected events.</summary>
    public int Unprojected { get; init; }

    /// <summary>Webhooks that were refused, for any reason.</summary>
    public int Refused { get; init; }

    /// <summary>Webhooks that no queue took.</summary>
    public int Unavailable { get; init; }

    /// <summary>The median time from a webhook's arrival to its rows; null if no event was projected in this minute.</summary>
    public TimeSpan? MedianLag { get; init; }

    /// <summary>The longest of these times.</summary>
    public TimeSpan? WorstLag { get; init; }

    /// <summary>The greatest number of events that waited in all queues together; null if they were not counted.</summary>
    public int? Depth { get; init; }
}
