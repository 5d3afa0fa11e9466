using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>How much was erased, or would be. It has no personal data, so it can be filed and logged.</summary>
/// <param name="Conversations">Conversations of which something was erased.</param>
/// <param name="TimelineRows">Their events.</param>
/// <param name="UnprojectedEvents">Stored events that were not projected.</param>
/// <param name="Blobs">Large bodies, of those events or of none.</param>
/// <param name="Left">Conversations that could not be erased, because others kept writing them, another version of this code
/// wrote them, or their rows are damaged.</param>
public readonly record struct ErasureReceipt(int Conversations, int TimelineRows, int UnprojectedEvents, int Blobs, int Left)
{
    /// <summary>Events that were found and not erased, because they happened later.</summary>
    public int Kept { get; init; }

    /// <summary>Conversations that were erased further than asked: something that was received before is dated later.</summary>
    public int ReachingFurther { get; init; }

    /// <summary>Whether nothing was found that is erased or must be.</summary>
    public bool IsEmpty => this with { Kept = 0 } == default;

    internal static ErasureReceipt Of(ConversationErasure? erasure) => erasure is null ? default : new(
        erasure.TimelineRows > 0 ? 1 : 0, erasure.TimelineRows, 0, erasure.Blobs, erasure.GivenUp is null ? 0 : 1)
    {
        ReachingFurther = erasure.ReachesFurther ? 1 : 0,
    };

    /// <summary>The same of a conversation that would be erased.</summary>
    internal static ErasureReceipt Of((Erasure Erasure, int Rows, int Blobs)? counted) => counted is not { } c ? default : new(
        c.Rows > 0 ? 1 : 0, c.Rows, 0, c.Blobs, 0)
    {
        ReachingFurther = c.Erasure.Through > c.Erasure.ReceivedThrough ? 1 : 0,
    };

    public static ErasureReceipt operator +(ErasureReceipt a, ErasureReceipt b) => new(
        a.Conversations + b.Conversations, a.TimelineRows + b.TimelineRows, a.UnprojectedEvents + b.UnprojectedEvents,
        a.Blobs + b.Blobs, a.Left + b.Left)
    {
        Kept = a.Kept + b.Kept,
        ReachingFurther = a.ReachingFurther + b.ReachingFurther,
    };
}
