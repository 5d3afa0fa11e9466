using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Erases one conversation, but leaves its row marked as unfinished: nothing may be left anywhere else either. Then
/// <c>FinishedErasure</c> removes the mark.</summary>
/// <param name="shopId">The shop.</param>
/// <param name="conversationId">The conversation.</param>
/// <param name="wanted">What to erase of the conversation as it is in the table; null for nothing.</param>
/// <param name="table">The table.</param>
/// <param name="payloads">The blobs.</param>
internal sealed class ConversationErasure(
    string shopId, string conversationId, Func<StoredConversation?, Erasure?> wanted,
    ConversationTable table, PayloadReader payloads) : ConversationWrite(shopId, conversationId)
{
    private readonly ConversationErasing erasing = new(shopId, conversationId, table, payloads);
    private bool isDone;
    private bool isLive;
    private bool hadRows;

    /// <summary>Whether the conversation was not erased that far before.</summary>
    public bool WasNew { get; private set; }

    /// <summary>Whether the conversation had rows beside a tombstone.</summary>
    public bool HadRows => hadRows || erasing.TimelineRows > 0;

    /// <summary>Timeline rows that this process deleted.</summary>
    public int TimelineRows => erasing.TimelineRows;

    /// <summary>Blobs of such rows that this process deleted.</summary>
    public int Blobs => erasing.Blobs;

    /// <summary>Whether it could not be erased.</summary>
    public bool IsGivenUp { get; private set; }

    public override bool IsDone => isDone;

    public override bool FoldsAgain => true;

    public override async ValueTask<ConversationChange?> NextAsync(StoredConversation? stored,
        IReadOnlyDictionary<string, StoredCustomer> customers, CancellationToken cancellationToken)
    {
        var erasure = Erasure.Latest(stored?.Erasure, wanted(stored));
        if (erasure == stored?.Erasure)
        {
            // Also what a process that was killed has left.
            if (erasure is { IsUnfinished: true }) await erasing.DeleteTimelineAsync(erasure.Through, cancellationToken);
            isDone = true;
            return null;
        }

        isLive = stored is { State.LastItem: not null };
        return await erasing.NextAsync(stored, erasure, cancellationToken);
    }

    public override void Committed() => (WasNew, hadRows) = (true, hadRows || isLive);

    public override void GiveUp(GiveUpReason reason) => (isDone, IsGivenUp) = (true, true);
}
