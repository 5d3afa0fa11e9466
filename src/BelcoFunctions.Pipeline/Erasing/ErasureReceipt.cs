namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>How much was erased, or would be. It has no personal data, so it can be filed and logged.</summary>
public readonly record struct ErasureReceipt
{
    /// <summary>Conversations of which something was erased.</summary>
    public int Conversations { get; init; }

    /// <summary>Their events.</summary>
    public int TimelineRows { get; init; }

    /// <summary>Stored events that were not projected.</summary>
    public int UnprojectedEvents { get; init; }

    /// <summary>Large bodies, of those events or of none.</summary>
    public int Blobs { get; init; }

    /// <summary>Conversations that could not be erased, because others kept writing them, another version of this code wrote
    /// them, or their rows are damaged; and damaged rows that do not tell whose they are. Each counts once.</summary>
    public int Remaining { get; init; }

    /// <summary>Events that were found and not erased, because they happened later.</summary>
    public int Kept { get; init; }

    /// <summary>Conversations that were erased further than asked: something that was received before is dated later.</summary>
    public int ReachingFurther { get; init; }

    /// <summary>Whether nothing was found that is erased or must be.</summary>
    public bool IsEmpty => this with { Kept = 0 } == default;

    internal static ErasureReceipt From(EraseWrite erasure) => new()
    {
        Conversations = erasure.TimelineRows > 0 ? 1 : 0,
        TimelineRows = erasure.TimelineRows,
        Blobs = erasure.Blobs,
        Kept = erasure.Kept,
        ReachingFurther = erasure.ReachesFurther ? 1 : 0,
    };

    /// <summary>The same of the conversation that an event in no timeline tells of, and of the event if it is kept or left. If
    /// several events are left because of one row, <see cref="ErasureLookup.Remaining"/> counts the row once.</summary>
    public static ErasureReceipt From(ErasedStray stray) => new()
    {
        Conversations = stray.IsNewConversation ? 1 : 0,
        TimelineRows = stray.TimelineRows,
        Blobs = stray.Blobs,
        Remaining = stray.Outcome is StrayOutcome.Remaining ? 1 : 0,
        Kept = stray.IsLater ? 1 : 0,
        ReachingFurther = stray.ReachesFurther ? 1 : 0,
    };

    public static ErasureReceipt operator +(ErasureReceipt a, ErasureReceipt b) => new()
    {
        Conversations = a.Conversations + b.Conversations,
        TimelineRows = a.TimelineRows + b.TimelineRows,
        UnprojectedEvents = a.UnprojectedEvents + b.UnprojectedEvents,
        Blobs = a.Blobs + b.Blobs,
        Remaining = a.Remaining + b.Remaining,
        Kept = a.Kept + b.Kept,
        ReachingFurther = a.ReachingFurther + b.ReachingFurther,
    };
}
