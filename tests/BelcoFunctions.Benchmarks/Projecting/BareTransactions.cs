using Azure;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Benchmarks.Projecting;

/// <summary>The rows that the projector writes, in the same transactions, made beforehand. Only the ETags are missing, which need
/// a read.</summary>
internal sealed class BareTransactions
{
    private readonly Dictionary<string, ConversationState> states = new(StringComparer.Ordinal);

    /// <summary>One batch's.</summary>
    /// <param name="ConversationIds">What a projector has to read first.</param>
    /// <param name="Transactions">What it writes then.</param>
    public sealed record Batch(IReadOnlyList<string> ConversationIds, IReadOnlyList<TableTransactionAction[]> Transactions);

    public static IReadOnlyList<Batch> Of(IEnumerable<QueuedEvent[]> batches)
    {
        var bare = new BareTransactions();
        return [.. batches.Select(bare.Add)];
    }

    private Batch Add(QueuedEvent[] batch)
    {
        var conversations = batch
            .Select(queued => (queued, Event: ((EventReading<BelcoEvent>.Projectable)EventReader.Read(queued.Body)).Event))
            .GroupBy(pair => pair.Event.Conversation.Id, StringComparer.Ordinal).ToList();
        List<List<ConversationChange>> transactions = [[]];
        foreach (var change in conversations.Select(Change))
        {
            if (transactions[^1].Append(change).Sum(each => each.RowCount) > TableLimits.TransactionRows) transactions.Add([]);
            transactions[^1].Add(change);
        }

        return new([.. conversations.Select(conversation => conversation.Key)], [.. transactions.Select(Actions)]);
    }

    private ConversationChange Change(IGrouping<string, (QueuedEvent Queued, BelcoEvent Event)> conversation)
    {
        var before = states.GetValueOrDefault(conversation.Key);
        var after = conversation.Aggregate(
            before ?? new ConversationState(conversation.First().Event.ShopId, conversation.Key),
            (state, pair) => state.Apply(pair.Event));
        states[conversation.Key] = after;
        return new ConversationChange(before is null ? null : new StoredConversation(before, ETag.All), after,
            [.. conversation.Select(pair => TimelineRow.ToEntity(pair.Event, pair.Queued.ReceivedAt, payloadBlob: null))]);
    }

    private static TableTransactionAction[] Actions(List<ConversationChange> changes) =>
    [
        .. changes.Select(change => change.Conversation),
        .. changes.SelectMany(change => change.RecentRows),
        .. changes.SelectMany(change => change.Timeline),
    ];
}
