using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>Erases one conversation, but leaves its row marked as unfinished: nothing may be left anywhere else either. Then
/// <see cref="FinishedErasure"/> removes the mark.</summary>
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
    private bool isGivenUp;

    /// <summary>Whether the conversation was not erased that far before.</summary>
    public bool WasNew { get; private set; }

    public ErasureReceipt Receipt => new(hadRows || erasing.TimelineRows > 0 ? 1 : 0, erasing.TimelineRows, 0, erasing.Blobs,
        isGivenUp ? 1 : 0);

    public override bool IsDone => isDone;

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
        return await erasing.NextAsync(stored, erasure, customer: null, cancellationToken);
    }

    public override void Committed() => (WasNew, hadRows) = (true, hadRows || isLive);

    public override void GiveUp(GiveUpReason reason) => (isDone, isGivenUp) = (true, true);
}
