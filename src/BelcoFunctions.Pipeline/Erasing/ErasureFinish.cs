using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>The last part of each erasure: erases the stray events, then removes the marks of unfinished erasures.</summary>
internal sealed class ErasureFinish(PipelineStorage storage, PayloadReader payloads, TimeProvider time)
{
    private readonly ErasureTable erasures = new(storage.Conversations);
    private readonly StrayEvents strayEvents = new(storage, payloads, time);
    private readonly StrayNames strayNames = new(storage.Conversations);
    private readonly ConversationWriter writer = new(storage.Conversations, time);

    /// <summary>The conversations of a shop, or of all shops, whose erasure is unfinished.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public ValueTask<List<MarkedConversation>> ListMarkedAsync(string? shopId, CancellationToken cancellationToken) =>
        erasures.ListUnfinishedAsync(shopId, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Counts the stray events and names that would be erased. Leaves out what an earlier count with the same
    /// <paramref name="expected"/> has counted. Writes nothing.</summary>
    /// <param name="shopId">Only this shop's; null for all, without names.</param>
    /// <param name="expected">What would be erased.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ErasureReceipt> CountAsync(
        string? shopId, ErasureLookup expected, CancellationToken cancellationToken)
    {
        var found = new ErasureReceipt();
        int known;
        do
        {
            known = expected.ConversationsErased;
            found = found with { LaterEvents = 0 }
                + await strayEvents.EraseAsync(shopId, expected, dryRun: true, cancellationToken);
        }
        while (expected.ConversationsErased > known);
        return shopId is null ? found
            : found with { Names = await strayNames.EraseAsync(shopId, expected, dryRun: true, cancellationToken) };
    }

    /// <summary>Deletes the timeline rows that a killed process did not delete, erases the names that no conversation names any
    /// more and the stray events, then removes the marks
    /// that were read before the search. A later mark stays: it may cover more than the search knew. Searches again if a stray
    /// event shows that a conversation belongs to an erased customer.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ErasureReceipt> RunAsync(
        string? shopId, IReadOnlyList<MarkedConversation> marked, ErasureLookup erased, CancellationToken cancellationToken)
    {
        var receipt = new ErasureReceipt();
        for (; ; marked = await ListMarkedAsync(shopId, cancellationToken))
        {
            foreach (var conversation in marked) receipt += await DeleteTimelineAsync(conversation, erased, cancellationToken);
            foreach (var shop in shopId is null ? marked.Select(conversation => conversation.ShopId).Distinct() : [shopId])
            {
                var names = await strayNames.EraseAsync(shop, erased, dryRun: false, cancellationToken);
                receipt = receipt with { Names = receipt.Names + names };
            }

            // Rows that were read before the marks may be out of date.
            erased.Forget();
            var known = erased.ConversationsErased;
            // Each search counts all events that stay, so the new number replaces the old one.
            receipt = receipt with { LaterEvents = 0 }
                + await strayEvents.EraseAsync(shopId, erased, dryRun: false, cancellationToken);
            // Because of the marks, the next run searches for the remaining stray events.
            if (receipt.Remaining > 0) return receipt;
            foreach (var conversation in marked)
            {
                var finished = new FinishErasureWrite(conversation);
                await writer.WriteAsync([finished], cancellationToken);
                // If conflicts kept the mark from being removed, everything is erased all the same, and the next run removes
                // the mark.
                if (finished.GivenUp is null or GiveUpReason.Conflicts) continue;
                erased.Remaining.Judge(conversation.ShopId, conversation.ConversationId, finished.GivenUp);
            }

            if (erased.ConversationsErased == known) return receipt;
        }
    }

    private async Task<ErasureReceipt> DeleteTimelineAsync(
        MarkedConversation marked, ErasureLookup erased, CancellationToken cancellationToken)
    {
        if (marked is not { ShopId: var shopId, ConversationId: var conversationId, Erasure: { } erasure }) return default;
        var erasing = new ErasureSteps(shopId, conversationId, storage.Conversations, payloads);
        await erasing.DeleteTimelineAsync(erasure.Through, cancellationToken);
        var isNew = erasing.TimelineRows > 0 && erased.CountsConversation(shopId, conversationId);
        return new ErasureReceipt
        {
            Conversations = isNew ? 1 : 0,
            TimelineRows = erasing.TimelineRows,
            Blobs = erasing.Blobs,
        };
    }
}
