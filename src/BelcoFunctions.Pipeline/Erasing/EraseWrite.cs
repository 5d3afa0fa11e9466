using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Erases one conversation, and marks its row as unfinished. <c>FinishErasureWrite</c> removes the mark once the stray
/// events are erased too.</summary>
/// <param name="wanted">Decides what to erase of the conversation in the table; null for nothing.</param>
internal sealed class EraseWrite(
    string shopId, string conversationId, Func<StoredConversation?, Erasure?> wanted,
    ConversationTable table, PayloadReader payloads) : ConversationWrite(shopId, conversationId)
{
    private readonly ErasureSteps erasing = new(shopId, conversationId, table, payloads);
    private bool isDone;

    /// <summary>True if this write erased more than was erased before.</summary>
    public bool WasNew { get; private set; }

    /// <summary>What is erased of the conversation; null if nothing is.</summary>
    public Erasure? Erased { get; private set; }

    /// <summary>Events of the conversation that stay, because they happened later.</summary>
    public int LaterEvents { get; private set; }

    /// <summary>True if more was erased than asked for, because an event that was received up to the moment of the request
    /// has a later date.</summary>
    public bool ReachesFurther { get; private set; }

    /// <summary>Timeline rows that this process deleted.</summary>
    public int TimelineRows => erasing.TimelineRows;

    /// <summary>Blobs of such rows that this process deleted.</summary>
    public int Blobs => erasing.Blobs;

    /// <summary>Why it could not be erased; null if it was erased, or there was nothing to erase.</summary>
    public GiveUpReason? GivenUp { get; private set; }

    public override bool IsDone => isDone;

    public override bool FoldsAgain => true;

    public override async ValueTask<ConversationChange?> NextAsync(StoredConversation? stored,
        IReadOnlyDictionary<string, StoredCustomer> customers, CancellationToken cancellationToken)
    {
        var asked = wanted(stored);
        if (asked is null && stored is { IsDamaged: true })
        {
            // What to erase depends on the state, which cannot be read.
            GiveUp(GiveUpReason.DamagedRow);
            return null;
        }

        var erasure = Erasure.Latest(stored?.Erasure, asked);
        if (erasure == stored?.Erasure)
        {
            // Delete the rows that a killed process did not delete.
            if (erasure is { IsUnfinished: true }) await erasing.DeleteTimelineAsync(erasure.Through, cancellationToken);
            (isDone, Erased, LaterEvents) = (true, erasure, stored?.State.Events ?? 0);
            ReachesFurther = WasNew && erasure?.Through > asked?.ReceivedThrough;
            return null;
        }

        return await erasing.NextAsync(stored, erasure, cancellationToken);
    }

    public override void Committed() => WasNew = true;

    public override void GiveUp(GiveUpReason reason) => (isDone, GivenUp) = (true, reason);
}
