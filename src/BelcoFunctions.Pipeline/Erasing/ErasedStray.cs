namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>What an erasure did, or would do, with an event that is in no timeline, and with its conversation.</summary>
/// <param name="Outcome">What becomes of the event.</param>
public readonly record struct ErasedStray(StrayOutcome Outcome)
{
    /// <summary>Whether the event names what is erased, and is kept because it happened later.</summary>
    public bool IsLater { get; init; }

    /// <summary>Whether rows of its conversation were erased, and no other event of the run has counted the
    /// conversation.</summary>
    public bool IsNewConversation { get; init; }

    /// <summary>Timeline rows of its conversation that were erased.</summary>
    public int TimelineRows { get; init; }

    /// <summary>Blobs of such rows.</summary>
    public int Blobs { get; init; }

    /// <summary>Whether its conversation was erased further than asked: something that was received before is dated
    /// later.</summary>
    public bool ReachesFurther { get; init; }
}
