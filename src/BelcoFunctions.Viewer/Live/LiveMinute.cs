namespace BelcoFunctions.Viewer.Live;

/// <summary>What happened in a minute.</summary>
/// <param name="Start">When it began.</param>
public sealed record LiveMinute(DateTimeOffset Start)
{
    /// <summary>Webhooks that were queued, to be projected.</summary>
    public int Queued { get; init; }

    /// <summary>Webhooks that were queued, to be stored as unprojected events.</summary>
    public int Unprojected { get; init; }

    /// <summary>Webhooks that were refused, whatever the reason.</summary>
    public int Refused { get; init; }

    /// <summary>Webhooks that no queue took.</summary>
    public int Unavailable { get; init; }

    /// <summary>From a webhook's arrival to its rows, as half of the events of this minute had it or less; null if none was
    /// applied.</summary>
    public TimeSpan? MedianLag { get; init; }

    /// <summary>The longest of them.</summary>
    public TimeSpan? WorstLag { get; init; }

    /// <summary>The most events that waited in all queues together when they were counted; null if they were not.</summary>
    public int? Depth { get; init; }
}
