using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>What erasing needs of the table of conversations: to find what must go, to delete it, and to tell what is
/// gone.</summary>
internal sealed class ErasureTable(ConversationTable conversations)
{
    private static readonly string[] MarkColumns = ["ShopId", "ConversationId", .. ErasureColumns.All];
    private static readonly string[] ErasedThrough = ["RowKey", "SchemaVersion", ErasureColumns.Through];
    private static readonly string[] TimelineColumns = ["ConversationId", "ActorType", "ActorId", .. RawEvent.Columns];

    private readonly TableClient table = conversations.Client;

    /// <summary>The closed conversations of a shop, or of all, that have had no item for some time.</summary>
    public IAsyncEnumerable<(string ShopId, string ConversationId)> ListClosedAsync(
        string? shopId, DateTimeOffset before, CancellationToken cancellationToken) => conversations.ListAsync(
        shopId, TableClient.CreateQueryFilter($"Status eq 'closed' and LastItemAt lt {before}"), cancellationToken);

    /// <summary>The conversations of a shop whose customer is this one, as far as this version can read them.</summary>
    public IAsyncEnumerable<(string ShopId, string ConversationId)> ListOfCustomerAsync(
        string shopId, string customerId, CancellationToken cancellationToken) => conversations.ListAsync(
        shopId, TableClient.CreateQueryFilter(
            $"CustomerId eq {customerId} and SchemaVersion le {RowValues.SchemaVersion}"), cancellationToken);

    /// <summary>The conversations of a shop, or of all, whose erasure is unfinished, as far as this version can read
    /// them.</summary>
    public IAsyncEnumerable<MarkedConversation> ListUnfinishedAsync(string? shopId, CancellationToken cancellationToken) =>
        conversations.ListRowsAsync(shopId, TableClient.CreateQueryFilter(
            $"ErasureUnfinished eq true and SchemaVersion le {RowValues.SchemaVersion}"), MarkColumns, cancellationToken)
        .Select(row => new MarkedConversation(
            row.GetString("ShopId"), row.GetString("ConversationId"), ErasureColumns.Get(row)!));

    /// <summary>All timeline rows of a shop. Rows of a conversation follow each other.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public IAsyncEnumerable<TableEntity> ReadTimelinesAsync(string shopId, CancellationToken cancellationToken) =>
        StoreError.Guard(table.QueryAsync<TableEntity>(ConversationTable.Filter(shopId, KeyRange.Of(TableKeys.TimelinesPrefix)),
            RowScan.LargeRowsPage, TimelineColumns, cancellationToken), cancellationToken);

    /// <summary>The first timeline rows up to a moment, without their raw events: as many as a transaction can delete.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<IReadOnlyList<RawEvent>> ListTimelineAsync(
        string shopId, string conversationId, DateTimeOffset through, CancellationToken cancellationToken)
    {
        var rows = table.QueryAsync<TableEntity>(
            ConversationTable.Filter(shopId, TableKeys.TimelineThrough(conversationId, through)),
            TableLimits.TransactionRows, RawEvent.NameColumns, cancellationToken);
        // A page may be empty and still have a successor.
        return await StoreError.Guard(rows, cancellationToken).Take(TableLimits.TransactionRows).Select(RawEvent.NameOf)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Counts the timeline rows up to a moment, and those whose raw event is in a blob.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<(int Rows, int Blobs)> CountTimelineAsync(
        string shopId, string conversationId, DateTimeOffset through, CancellationToken cancellationToken)
    {
        var count = (Rows: 0, Blobs: 0);
        var rows = table.QueryAsync<TableEntity>(
            ConversationTable.Filter(shopId, TableKeys.TimelineThrough(conversationId, through)),
            select: RawEvent.NameColumns, cancellationToken: cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            count = (count.Rows + 1, count.Blobs + (RawEvent.NameOf(row).RawBlob is null ? 0 : 1));
        }

        return count;
    }

    /// <summary>Deletes rows in one transaction. False if at least one of them is gone already; then none is deleted.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<bool> DeleteTimelineAsync(
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

    /// <summary>Sets what is erased of a customer, unless that reaches further already.</summary>
    /// <exception cref="StoreUnavailableException">Also if a newer version of this code wrote the row.</exception>
    public async Task EraseCustomerAsync(
        string shopId, string customerId, Erasure erasure, CancellationToken cancellationToken)
    {
        var customer = new StoredCustomer(shopId, customerId);
        do
        {
            await conversations.ReadAsync(customer, cancellationToken);
            if (customer.IsNewer) throw StoreError.NewerRow();
        }
        while (!(customer.Erasure?.Through >= erasure.Through)
            && !await WriteAsync(customer.ToAction(erasure), cancellationToken));
    }

    /// <summary>The moment up to which a conversation or a customer is erased; null if it is not.</summary>
    /// <exception cref="StoreUnavailableException">Also if a newer version of this code wrote the row.</exception>
    public Task<DateTimeOffset?> ReadErasedThroughAsync(
        string shopId, string rowKey, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.Escape(shopId), rowKey, ErasedThrough, cancellationToken);
        return row.HasValue ? GetErasedThrough(row.Value!) : null;
    }, cancellationToken);

    /// <summary>The row keys of the conversations and the customers of a shop that are erased up to a moment or later.</summary>
    /// <exception cref="StoreUnavailableException">Also if a newer version of this code wrote such a row.</exception>
    public async IAsyncEnumerable<string> ListErasedAsync(
        string shopId, DateTimeOffset moment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // No other row is between these two kinds.
        var keys = new KeyRange(TableKeys.ConversationPrefix, KeyRange.Of(TableKeys.CustomerPrefix).Before);
        var filter = $"{ConversationTable.Filter(shopId, keys)} and "
            + TableClient.CreateQueryFilter($"ErasedThrough ge {moment}");
        var rows = table.QueryAsync<TableEntity>(filter, select: ErasedThrough, cancellationToken: cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            if (GetErasedThrough(row) >= moment) yield return row.RowKey;
        }
    }

    private static DateTimeOffset? GetErasedThrough(TableEntity row) =>
        row.IsNewer() ? throw StoreError.NewerRow() : row.GetDateTimeOffset(ErasureColumns.Through);

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
}
