namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>Selects dead letters: all that match, or only the oldest of them.</summary>
/// <param name="Id">One dead letter; null for all.</param>
/// <param name="Queue">Those of this queue; null for all.</param>
/// <param name="Reason">Those with this kind of reason; null for all.</param>
public sealed record DeadLetterSelection(long? Id = null, string? Queue = null, string? Reason = null)
{
    /// <summary>Only those after this one; null for all.</summary>
    public DeadLetterPosition? After { get; init; }

    /// <summary>Only those up to this one; null for all.</summary>
    public DeadLetterPosition? Through { get; init; }

    /// <summary>How many at most, the oldest first; null for all.</summary>
    public int? Limit { get; init; }
}

/// <summary>A place in the order of the dead letters.</summary>
public readonly record struct DeadLetterPosition(DateTimeOffset DeadLetteredAt, long Id);
