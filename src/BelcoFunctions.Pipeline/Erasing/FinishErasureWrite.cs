using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Takes away the mark of an erasure, if it is still the one that was seen before the search for stray events. A mark
/// that was set since stays: its own stray events may not have been searched for.</summary>
/// <param name="marked">The conversation as it was seen. Its timeline rows are deleted.</param>
internal sealed class FinishErasureWrite(MarkedConversation marked) : ConversationWrite(marked.ShopId, marked.ConversationId)
{
    private bool isDone;

    /// <summary>Why the mark stays; null if it is gone, or is another one.</summary>
    public GiveUpReason? GivenUp { get; private set; }

    public override bool IsDone => isDone;

    public override ValueTask<ConversationChange?> NextAsync(StoredConversation? stored,
        IReadOnlyDictionary<string, StoredCustomer> customers, CancellationToken cancellationToken)
    {
        if (marked.Erasure is not { } erasure)
        {
            GiveUp(GiveUpReason.DamagedRow);
            return default;
        }

        if (stored is null || stored.Erasure != erasure)
        {
            isDone = true;
            return default;
        }

        return new(new ConversationChange(stored, stored.State, [], erasure with { IsUnfinished = false }));
    }

    public override void Committed() => isDone = true;

    public override void GiveUp(GiveUpReason reason) => (isDone, GivenUp) = (true, reason);
}
