namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>What an erasure did, or would do, with an event that is in no timeline, and with its conversation.</summary>
/// <param name="Outcome">What happens to the event.</param>
public readonly record struct ErasedStray(StrayOutcome Outcome)
{
    /// <summary>True if the event names an erased conversation or customer, and stays because it happened later.</summary>
    public bool IsLater { get; init; }

    /// <summary>True if rows of its conversation were erased, and the run had not counted the conversation before.</summary>
    public bool IsNewConversation { get; init; }

    /// <summary>Timeline rows of its conversation that were erased.</summary>
    public int TimelineRows { get; init; }

    /// <summary>Blobs of those rows.</summary>
    public int Blobs { get; init; }

    /// <summary>True if its conversation was erased up to a moment after the request, because an event that had arrived
    /// before the request is dated after it.</summary>
    public bool ReachesFurther { get; init; }
}
