using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Removes the mark of an unfinished erasure, if it is still the one that was read before the search for stray events.
/// A later mark stays: the search may not have covered its stray events.</summary>
/// <param name="marked">The conversation as it was read. Its timeline rows are already deleted.</param>
internal sealed class FinishErasureWrite(MarkedConversation marked) : ConversationWrite(marked.ShopId, marked.ConversationId)
{
    private bool isDone;

    /// <summary>Why the mark stays; null if it was removed, or another mark has replaced it.</summary>
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
