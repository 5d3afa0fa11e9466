using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>How much was erased, or would be. It has no personal data, so it can be filed and logged.</summary>
/// <param name="Conversations">Conversations of which something was erased.</param>
/// <param name="TimelineRows">Their events.</param>
/// <param name="UnprojectedEvents">Stored events that were not projected.</param>
/// <param name="Blobs">Large bodies, of those events or of none.</param>
/// <param name="Left">Conversations that could not be erased, because others kept writing them, another version of this code
/// wrote them, or their rows are damaged; and damaged rows that do not tell whose they are. Each counts once.</param>
public readonly record struct ErasureReceipt(int Conversations, int TimelineRows, int UnprojectedEvents, int Blobs, int Left)
{
    /// <summary>Events that were found and not erased, because they happened later.</summary>
    public int Kept { get; init; }

    /// <summary>Conversations that were erased further than asked: something that was received before is dated later.</summary>
    public int ReachingFurther { get; init; }

    /// <summary>Whether nothing was found that is erased or must be.</summary>
    public bool IsEmpty => this with { Kept = 0 } == default;

    internal static ErasureReceipt From(ConversationErasure erasure) => new(
        erasure.TimelineRows > 0 ? 1 : 0, erasure.TimelineRows, 0, erasure.Blobs, 0)
    {
        Kept = erasure.Kept,
        ReachingFurther = erasure.ReachesFurther ? 1 : 0,
    };

    /// <summary>The same of the conversation that an event in no timeline tells of, and of the event if it is kept or left. If
    /// several events are left because of one row, <see cref="ErasedEvents.Left"/> counts the row once.</summary>
    public static ErasureReceipt From(ErasedStray stray) => new(
        stray.IsNewConversation ? 1 : 0, stray.TimelineRows, 0, stray.Blobs, stray.Outcome is StrayOutcome.Left ? 1 : 0)
    {
        Kept = stray.IsLater ? 1 : 0,
        ReachingFurther = stray.ReachesFurther ? 1 : 0,
    };

    public static ErasureReceipt operator +(ErasureReceipt a, ErasureReceipt b) => new(
        a.Conversations + b.Conversations, a.TimelineRows + b.TimelineRows, a.UnprojectedEvents + b.UnprojectedEvents,
        a.Blobs + b.Blobs, a.Left + b.Left)
    {
        Kept = a.Kept + b.Kept,
        ReachingFurther = a.ReachingFurther + b.ReachingFurther,
    };
}
