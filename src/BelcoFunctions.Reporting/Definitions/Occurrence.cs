namespace BelcoFunctions.Reporting.Definitions;

/// <summary>One thing that a figure counts.</summary>
/// <param name="Figure">Which figure counts it.</param>
/// <param name="At">When it happened. For a state, the end of the range.</param>
public readonly record struct Occurrence(Figure Figure, DateTimeOffset At)
{
    /// <summary>The agent who did it; null if no agent did it, or the event names no agent.</summary>
    public string? Agent { get; init; }

    /// <summary>How long it took, if the figure has a length.</summary>
    public TimeSpan Length { get; init; }
}
