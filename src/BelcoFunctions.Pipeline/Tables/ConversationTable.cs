using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Reads and writes the table of conversations and their timelines. A shop is a partition.</summary>
public sealed class ConversationTable(TableClient table)
{
    public const string Name = "Conversations";

    private static readonly string[] KeyOnly = ["RowKey"];
    private static readonly string[] Ids = ["ShopId", "ConversationId", "Events", ErasureColumns.Through];

    /// <exception cref="StoreUnavailableException"/>
    public Task<StoredConversation?> ReadAsync(string shopId, string conversationId, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Escape(shopId), TableKeys.Conversation(conversationId), cancellationToken: cancellationToken);
            if (!found.HasValue) return null;
            var row = found.Value!;
            return row.IsNewer()
                ? new StoredConversation(new ConversationState(shopId, conversationId), row.ETag) { IsNewer = true }
                : new StoredConversation(ConversationRow.FromEntity(row), row.ETag) { Erasure = ErasureColumns.Get(row) };
        }, cancellationToken);

    /// <summary>Reads a customer's row.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal Task<bool> ReadAsync(StoredCustomer customer, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                customer.PartitionKey, customer.RowKey, cancellationToken: cancellationToken);
            customer.WasRead(row.HasValue ? row.Value : null);
            return row.HasValue;
        }, cancellationToken);

    /// <summary>Whether there is a row with that key.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal Task<bool> HasRowAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, KeyOnly, cancellationToken);
            return row.HasValue;
        }, cancellationToken);

    /// <summary>Whether a conversation's two rows have exactly the columns and values of a state.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal async Task<bool> MatchesAsync(
        ConversationState state, Erasure? erasure, CancellationToken cancellationToken) =>
        await MatchesAsync(ConversationRow.ToEntity(state, erasure), cancellationToken)
        && await MatchesAsync(ConversationRow.ToRecentEntity(state), cancellationToken);

    /// <summary>The conversations of a shop, or of all, without tombstones.</summary>
    internal async IAsyncEnumerable<(string ShopId, string ConversationId)> ListAsync(
        string? shopId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = KeyRange.Of(TableKeys.ConversationPrefix);
        var filter = TableClient.CreateQueryFilter($"RowKey gt {keys.After} and RowKey lt {keys.Before}");
        if (shopId is not null) filter += " and " + TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Escape(shopId)}");
        var rows = table.QueryAsync<TableEntity>(filter, select: Ids, cancellationToken: cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            if (!ConversationRow.IsTombstone(row)) yield return (row.GetString("ShopId"), row.GetString("ConversationId"));
        }
    }

    /// <summary>The raw events of a conversation, oldest first.</summary>
    /// <param name="shopId">The shop.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="after">Only events that happened later; null for all.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    internal async IAsyncEnumerable<RawEvent> ReadTimelineAsync(string shopId, string conversationId, DateTimeOffset? after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = KeyRange.Of(TableKeys.TimelinePrefix(conversationId));
        if (after is { } through) keys = keys with { After = TableKeys.TimelineThrough(conversationId, through).Before };
        var rows = table.QueryAsync<TableEntity>(
            Filter(shopId, keys), select: RawEvent.Columns, cancellationToken: cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken)) yield return RawEvent.Of(row);
    }

    /// <summary>The first timeline rows up to a moment, without their raw events: as many as a transaction can delete.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal async Task<IReadOnlyList<RawEvent>> ListTimelineAsync(
        string shopId, string conversationId, DateTimeOffset through, CancellationToken cancellationToken)
    {
        var rows = table.QueryAsync<TableEntity>(Filter(shopId, TableKeys.TimelineThrough(conversationId, through)),
            TableLimits.TransactionRows, RawEvent.NameColumns, cancellationToken);
        // A page may be empty and still have a successor.
        return await StoreError.Guard(rows, cancellationToken).Take(TableLimits.TransactionRows).Select(RawEvent.Of)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Deletes rows in one transaction. False if at least one of them is gone already; then none is deleted.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal Task<bool> DeleteTimelineAsync(
        string shopId, IReadOnlyList<RawEvent> rows, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        var partition = TableKeys.Escape(shopId);
        try
        {
            await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(
                TableTransactionActionType.Delete, new TableEntity(partition, row.RowKey), ETag.All)), cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException exception)
            when (exception.Status == 404 && exception.ErrorCode != TableErrorCode.TableNotFound)
        {
            return false;
        }
    }, cancellationToken);

    /// <summary>Writes changes of distinct conversations of one shop in one entity-group transaction.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="StoreRejectedException"/>
    internal Task<CommitOutcome> CommitAsync(IReadOnlyList<ConversationChange> changes, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var transaction = new ConversationTransaction(changes);
            try
            {
                var responses = await table.SubmitTransactionAsync(transaction.Actions, cancellationToken);
                return transaction.Committed(responses.Value);
            }
            catch (TableTransactionFailedException exception) when (transaction.Failed(exception) is { } outcome)
            {
                return outcome;
            }
        }, cancellationToken);

    /// <summary>The outcome that a commit would have now, judged by the ETags alone. Writes nothing.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal async Task<CommitOutcome> CheckETagsAsync(
        IReadOnlyList<ConversationChange> changes, CancellationToken cancellationToken)
    {
        foreach (var (index, change) in changes.Index())
        {
            var stored = await ReadAsync(change.After.ShopId, change.After.ConversationId, cancellationToken);
            if (stored?.ETag != change.Before?.ETag) return new CommitOutcome.ConversationChanged(index);
        }

        return new CommitOutcome.Committed([.. changes.Select(change => change.Before?.ETag ?? default)]);
    }

    private static string Filter(string shopId, KeyRange keys) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {TableKeys.Escape(shopId)} and RowKey gt {keys.After} and RowKey lt {keys.Before}");

    private Task<bool> MatchesAsync(TableEntity wanted, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            wanted.PartitionKey, wanted.RowKey, cancellationToken: cancellationToken);
        return row.HasValue && row.Value!.HasColumnsOf(wanted);
    }, cancellationToken);
}
