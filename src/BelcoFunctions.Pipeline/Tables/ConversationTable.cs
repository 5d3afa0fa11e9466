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

    private static readonly string[] ErasedThrough = ["RowKey", "SchemaVersion", ErasureColumns.Through];
    private static readonly string[] TimelineColumns = ["ConversationId", "ActorType", "ActorId", .. RawEvent.Columns];
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
    internal IAsyncEnumerable<(string ShopId, string ConversationId)> ListAsync(
        string? shopId, CancellationToken cancellationToken) => ListAsync(shopId, condition: null, cancellationToken)
        .Where(row => !ConversationRow.IsTombstone(row)).Select(ToIds);

    /// <summary>The closed conversations of a shop, or of all, that have had no item for some time.</summary>
    internal IAsyncEnumerable<(string ShopId, string ConversationId)> ListClosedAsync(
        string? shopId, DateTimeOffset before, CancellationToken cancellationToken) => ListAsync(
        shopId, TableClient.CreateQueryFilter($"Status eq 'closed' and LastItemAt lt {before}"), cancellationToken).Select(ToIds);

    /// <summary>The conversations of a shop whose customer is this one, as far as this version can read them.</summary>
    internal IAsyncEnumerable<(string ShopId, string ConversationId)> ListOfCustomerAsync(
        string shopId, string customerId, CancellationToken cancellationToken) => ListAsync(
        shopId, TableClient.CreateQueryFilter(
            $"CustomerId eq {customerId} and SchemaVersion le {RowValues.SchemaVersion}"), cancellationToken).Select(ToIds);

    /// <summary>The conversations of a shop, or of all, whose erasure is unfinished.</summary>
    internal IAsyncEnumerable<(string ShopId, string ConversationId)> ListUnfinishedAsync(
        string? shopId, CancellationToken cancellationToken) =>
        ListAsync(shopId, $"{ErasureColumns.Unfinished} eq true", cancellationToken).Select(ToIds);

    /// <summary>All timeline rows of a shop. Rows of a conversation follow each other.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal IAsyncEnumerable<TableEntity> ReadTimelinesAsync(string shopId, CancellationToken cancellationToken) =>
        StoreError.Guard(table.QueryAsync<TableEntity>(Filter(shopId, KeyRange.Of(TableKeys.TimelinesPrefix)),
            RowScan.LargeRowsPage, TimelineColumns, cancellationToken), cancellationToken);

    /// <summary>Sets what is erased of a customer, unless that reaches further already.</summary>
    /// <exception cref="StoreUnavailableException">Also if a newer version of this code wrote the row.</exception>
    internal async Task EraseCustomerAsync(
        string shopId, string customerId, Erasure erasure, CancellationToken cancellationToken)
    {
        var customer = new StoredCustomer(shopId, customerId);
        do
        {
            await ReadAsync(customer, cancellationToken);
            if (customer.IsNewer) throw StoreError.NewerRow();
        }
        while (!(customer.Erasure?.Through >= erasure.Through)
            && !await WriteAsync(customer.ToAction(erasure), cancellationToken));
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
        var rows = table.QueryAsync<TableEntity>(Filter(shopId, TableKeys.TimelineAfter(conversationId, after)),
            select: RawEvent.Columns, cancellationToken: cancellationToken);
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

    /// <summary>Counts the timeline rows up to a moment, and those whose raw event is in a blob.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal async Task<(int Rows, int Blobs)> CountTimelineAsync(
        string shopId, string conversationId, DateTimeOffset through, CancellationToken cancellationToken)
    {
        var count = (Rows: 0, Blobs: 0);
        var rows = table.QueryAsync<TableEntity>(Filter(shopId, TableKeys.TimelineThrough(conversationId, through)),
            select: RawEvent.NameColumns, cancellationToken: cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            count = (count.Rows + 1, count.Blobs + (RawEvent.Of(row).RawBlob is null ? 0 : 1));
        }

        return count;
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

    /// <summary>The moment up to which a conversation or a customer is erased; null if it is not.</summary>
    /// <exception cref="StoreUnavailableException">Also if a newer version of this code wrote the row.</exception>
    internal Task<DateTimeOffset?> ReadErasedThroughAsync(
        string shopId, string rowKey, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.Escape(shopId), rowKey, ErasedThrough, cancellationToken);
        return row.HasValue ? GetErasedThrough(row.Value!) : null;
    }, cancellationToken);

    /// <summary>The row keys of the conversations and the customers of a shop that are erased up to a moment or later.</summary>
    /// <exception cref="StoreUnavailableException">Also if a newer version of this code wrote such a row.</exception>
    internal async IAsyncEnumerable<string> ListErasedAsync(
        string shopId, DateTimeOffset moment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // No other row is between these two kinds.
        var keys = new KeyRange(TableKeys.ConversationPrefix, KeyRange.Of(TableKeys.CustomerPrefix).Before);
        var filter = $"{Filter(shopId, keys)} and " + TableClient.CreateQueryFilter($"ErasedThrough ge {moment}");
        var rows = table.QueryAsync<TableEntity>(filter, select: ErasedThrough, cancellationToken: cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            if (GetErasedThrough(row) >= moment) yield return row.RowKey;
        }
    }

    private static DateTimeOffset? GetErasedThrough(TableEntity row) =>
        row.IsNewer() ? throw StoreError.NewerRow() : row.GetDateTimeOffset(ErasureColumns.Through);

    private static (string ShopId, string ConversationId) ToIds(TableEntity row) =>
        (row.GetString("ShopId"), row.GetString("ConversationId"));

    private IAsyncEnumerable<TableEntity> ListAsync(
        string? shopId, string? condition, CancellationToken cancellationToken)
    {
        var keys = KeyRange.Of(TableKeys.ConversationPrefix);
        var filter = shopId is null
            ? TableClient.CreateQueryFilter($"RowKey gt {keys.After} and RowKey lt {keys.Before}") : Filter(shopId, keys);
        if (condition is not null) filter += " and " + condition;
        return StoreError.Guard(
            table.QueryAsync<TableEntity>(filter, select: Ids, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <summary>Writes one row. False if somebody else wrote it first.</summary>
    private Task<bool> WriteAsync(TableTransactionAction action, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            try
            {
                await table.SubmitTransactionAsync([action], cancellationToken);
                return true;
            }
            catch (TableTransactionFailedException exception) when (exception.Status is 409 or 412)
            {
                return false;
            }
        }, cancellationToken);

    internal static string Filter(string shopId, KeyRange keys) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {TableKeys.Escape(shopId)} and RowKey gt {keys.After} and RowKey lt {keys.Before}");

    private Task<bool> MatchesAsync(TableEntity wanted, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            wanted.PartitionKey, wanted.RowKey, cancellationToken: cancellationToken);
        return row.HasValue && row.Value!.HasColumnsOf(wanted);
    }, cancellationToken);
}
