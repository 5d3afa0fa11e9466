using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>Takes away the mark of an erasure, if it is still the one that was seen before the search for stray events. A mark
/// that was set since stays: its own stray events may not have been searched for.</summary>
/// <param name="marked">The conversation as it was seen.</param>
/// <param name="table">The table.</param>
/// <param name="payloads">The blobs.</param>
internal sealed class FinishedErasure(MarkedConversation marked, ConversationTable table, PayloadReader payloads)
    : ConversationWrite(marked.ShopId, marked.ConversationId)
{
    private readonly ConversationErasing erasing = new(marked.ShopId, marked.ConversationId, table, payloads);
    private bool isDone;

    /// <summary>Timeline rows, and their blobs, that a process that was killed had left.</summary>
    public ErasureReceipt Receipt => new(0, erasing.TimelineRows, 0, erasing.Blobs, 0);

    /// <summary>Why the mark stays; null if it is gone, or is another one.</summary>
    public GiveUpReason? GivenUp { get; private set; }

    public override bool IsDone => isDone;

    public override async ValueTask<ConversationChange?> NextAsync(StoredConversation? stored,
        IReadOnlyDictionary<string, StoredCustomer> customers, CancellationToken cancellationToken)
    {
        if (marked.Erasure is not { } erasure)
        {
            GiveUp(GiveUpReason.DamagedRow);
            return null;
        }

        if (stored is null || stored.Erasure != erasure)
        {
            isDone = true;
            return null;
        }

        await erasing.DeleteTimelineAsync(erasure.Through, cancellationToken);
        return new ConversationChange(stored, stored.State, [], erasure with { IsUnfinished = false });
    }

    public override void Committed() => isDone = true;

    public override void GiveUp(GiveUpReason reason) => (isDone, GivenUp) = (true, reason);
}
