using Azure;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Benchmarks.Projecting;

/// <summary>The rows that the projector writes, in the same transactions, prepared in advance. They have no ETags, because
/// those need a read.</summary>
internal sealed class BareTransactions
{
    private readonly Dictionary<string, ConversationState> states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredCustomer> customers = new(StringComparer.Ordinal);

    /// <summary>The requests of one batch.</summary>
    /// <param name="RowKeys">The rows that a projector has to read first: conversations, and the customers of new
    /// ones.</param>
    /// <param name="Transactions">The transactions that the projector writes then.</param>
    public sealed record Batch(IReadOnlyList<string> RowKeys, IReadOnlyList<TableTransactionAction[]> Transactions);

    public static IReadOnlyList<Batch> From(IEnumerable<QueuedEvent[]> batches)
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
            if (Rows([.. transactions[^1], change]) > TableLimits.TransactionRows) transactions.Add([]);
            transactions[^1].Add(change);
        }

        var read = transactions.SelectMany(Customers).Select(customer => customer.RowKey).Distinct();
        return new(
            [.. conversations.Select(conversation => TableKeys.Conversation(conversation.Key)), .. read],
            [.. transactions.Select(Actions)]);
    }

    private static int Rows(List<ConversationChange> changes) =>
        changes.Sum(change => change.RowCount) + Customers(changes).Count();

    private static IEnumerable<StoredCustomer> Customers(List<ConversationChange> changes) =>
        changes.SelectMany(change => change.Customers).Distinct();

    private ConversationChange Change(IGrouping<string, (QueuedEvent Queued, BelcoEvent Event)> conversation)
    {
        var before = states.GetValueOrDefault(conversation.Key);
        var after = conversation.Aggregate(
            before ?? new ConversationState(conversation.First().Event.ShopId, conversation.Key),
            (state, pair) => state.Apply(pair.Event));
        states[conversation.Key] = after;
        return new ConversationChange(before is null ? null : new StoredConversation(before, ETag.All), after,
            [.. conversation.Select(pair => TimelineRow.ToEntity(pair.Event, pair.Queued.ReceivedAt, payloadBlob: null))])
        {
            Customers = before is not null ? [] :
            [
                .. conversation.SelectMany(pair => pair.Event.CustomerIds.Select(id => Customer(pair.Event.ShopId, id)))
                    .Distinct(),
            ],
        };
    }

    private StoredCustomer Customer(string shopId, string id)
    {
        if (!customers.TryGetValue(id, out var customer)) customers[id] = customer = new StoredCustomer(shopId, id);
        return customer;
    }

    private static TableTransactionAction[] Actions(List<ConversationChange> changes)
    {
        TableTransactionAction[] actions = [.. new ConversationTransaction(changes).Actions];
        foreach (var customer in Customers(changes)) customer.WasWritten(ETag.All);
        return actions;
    }
}
