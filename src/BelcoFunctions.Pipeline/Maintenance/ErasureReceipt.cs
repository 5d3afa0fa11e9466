using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>How much was erased, or would be. It has no personal data, so it can be filed and logged.</summary>
/// <param name="Conversations">Conversations of which something was erased.</param>
/// <param name="TimelineRows">Their events.</param>
/// <param name="UnprojectedEvents">Stored events that were not projected.</param>
/// <param name="Blobs">Large bodies, of those events or of none.</param>
/// <param name="Left">Conversations that could not be erased, because others kept writing them, a newer version of this code
/// wrote them, or their rows are damaged.</param>
public readonly record struct ErasureReceipt(int Conversations, int TimelineRows, int UnprojectedEvents, int Blobs, int Left)
{
    /// <summary>Whether nothing was found.</summary>
    public bool IsEmpty => this == default;

    internal static ErasureReceipt Of(ConversationErasure? erasure) => erasure is null ? default : new(
        erasure.HadRows ? 1 : 0, erasure.TimelineRows, 0, erasure.Blobs, erasure.IsGivenUp ? 1 : 0);

    public static ErasureReceipt operator +(ErasureReceipt a, ErasureReceipt b) => new(
        a.Conversations + b.Conversations, a.TimelineRows + b.TimelineRows, a.UnprojectedEvents + b.UnprojectedEvents,
        a.Blobs + b.Blobs, a.Left + b.Left);
}
