namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>How much was erased, or would be. It has no personal data, so it can be filed and logged.</summary>
public readonly record struct ErasureReceipt
{
    /// <summary>Conversations with at least one erased event.</summary>
    public int Conversations { get; init; }

    /// <summary>The erased events of those conversations.</summary>
    public int TimelineRows { get; init; }

    /// <summary>Erased events that had not been projected.</summary>
    public int UnprojectedEvents { get; init; }

    /// <summary>Erased blobs with large bodies, including blobs without a row.</summary>
    public int Blobs { get; init; }

    /// <summary>Erased names: the customer's, and those of contacts that no conversation names any more.</summary>
    public int Names { get; init; }

    /// <summary>Conversations that could not be erased: other writers kept changing them, another version of this code wrote
    /// them, or their rows are damaged. Also damaged rows that do not show which conversation or customer they belong to.
    /// Each counts once.</summary>
    public int Remaining { get; init; }

    /// <summary>Events that were found and not erased, because they happened later.</summary>
    public int LaterEvents { get; init; }

    /// <summary>Conversations that were erased up to a moment after the request, because an event that had arrived before
    /// the request is dated after it.</summary>
    public int ReachingFurther { get; init; }

    /// <summary>True if nothing was erased and nothing remains to be erased.</summary>
    public bool IsEmpty => this with { LaterEvents = 0 } == default;

    internal static ErasureReceipt From(EraseWrite erasure) => new()
    {
        Conversations = erasure.TimelineRows > 0 ? 1 : 0,
        TimelineRows = erasure.TimelineRows,
        Blobs = erasure.Blobs,
        LaterEvents = erasure.LaterEvents,
        ReachingFurther = erasure.ReachesFurther ? 1 : 0,
    };

    /// <summary>The receipt of a stray event and its conversation. The receipts of several events may count the same
    /// remaining row. <see cref="ErasureLookup.Remaining"/> counts each row only once.</summary>
    public static ErasureReceipt From(ErasedStray stray) => new()
    {
        Conversations = stray.IsNewConversation ? 1 : 0,
        TimelineRows = stray.TimelineRows,
        Blobs = stray.Blobs,
        Remaining = stray.Outcome is StrayOutcome.Remaining ? 1 : 0,
        LaterEvents = stray.IsLater ? 1 : 0,
        ReachingFurther = stray.ReachesFurther ? 1 : 0,
    };

    public static ErasureReceipt operator +(ErasureReceipt a, ErasureReceipt b) => new()
    {
        Conversations = a.Conversations + b.Conversations,
        TimelineRows = a.TimelineRows + b.TimelineRows,
        UnprojectedEvents = a.UnprojectedEvents + b.UnprojectedEvents,
        Blobs = a.Blobs + b.Blobs,
        Names = a.Names + b.Names,
        Remaining = a.Remaining + b.Remaining,
        LaterEvents = a.LaterEvents + b.LaterEvents,
        ReachingFurther = a.ReachingFurther + b.ReachingFurther,
    };
}
