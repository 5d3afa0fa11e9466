using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>The operations on the table of conversations that only erasing needs: finding what must be erased, deleting it, and
/// reading what was erased.</summary>
internal sealed class ErasureTable(ConversationTable conversations)
{
    private static readonly string[] MarkColumns =
        [Column.PartitionKey, Column.RowKey, Column.ShopId, Column.ConversationId, .. ErasureColumns.All];
    private static readonly string[] Ids = [Column.RowKey, Column.ConversationId];
    private static readonly string[] Erased = [Column.RowKey, Column.SchemaVersion, .. ErasureColumns.All];
    private static readonly string[] Moments = [Column.At, Column.ReceivedAt];
    private static readonly string[] Partition = [Column.PartitionKey];
    private static readonly string[] TimelineColumns =
        [Column.ConversationId, Column.ActorType, Column.ActorId, .. RawEvent.Columns];

    private readonly TableClient table = conversations.Client;

    /// <summary>The closed conversations of a shop, or of all shops, that have had no item for some time.</summary>
    public IAsyncEnumerable<(string ShopId, string ConversationId)> ListClosedAsync(
        string? shopId, DateTimeOffset before, CancellationToken cancellationToken) => conversations.ListAsync(shopId,
        RowFilter.Where(Column.Status, "eq", ConversationStatus.Closed) + " and "
        + RowFilter.Where(Column.LastItemAt, "lt", before), cancellationToken);

    /// <summary>The conversations of a shop that have this customer now. Leaves out rows of another version.</summary>
    public IAsyncEnumerable<(string ShopId, string ConversationId)> ListOfCustomerAsync(
        string shopId, string customerId, CancellationToken cancellationToken) => conversations.ListAsync(
        shopId, $"{RowFilter.Where(Column.CustomerId, "eq", customerId)} and {RowFilter.OfThisVersion}", cancellationToken);

    /// <summary>The conversations of a shop of which Belco's API said that they have this customer. Leaves out rows of another
    /// version.</summary>
    public IAsyncEnumerable<(string ShopId, string ConversationId)> ListReadAsOfCustomerAsync(
        string shopId, string customerId, CancellationToken cancellationToken)
    {
        var readings = ConversationTable.Filter(shopId, KeyRange.From(TableKeys.ReadingPrefix));
        var rows = table.QueryAsync<TableEntity>(
            $"{readings} and {RowFilter.Where(Column.CustomerId, "eq", customerId)} and {RowFilter.OfThisVersion}",
            select: Ids, cancellationToken: cancellationToken);
        return StoreError.Guard(rows, cancellationToken).Select(row => (shopId,
            row[Column.ConversationId] as string ?? TableKeys.Unescape(row.RowKey[TableKeys.ReadingPrefix.Length..])));
    }

    /// <summary>The conversations of a shop, or of all shops, whose erasure is unfinished. Leaves out rows of another
    /// version.</summary>
    public IAsyncEnumerable<MarkedConversation> ListUnfinishedAsync(string? shopId, CancellationToken cancellationToken) =>
        conversations.ListRowsAsync(shopId,
            $"{RowFilter.Where(Column.ErasureUnfinished, "eq", true)} and {RowFilter.OfThisVersion}", MarkColumns,
            cancellationToken)
        .Select(MarkedConversation.From);

    /// <summary>All timeline rows of a shop. Rows of a conversation follow each other.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public IAsyncEnumerable<TableEntity> ReadTimelinesAsync(string shopId, CancellationToken cancellationToken) =>
        StoreError.Guard(table.QueryAsync<TableEntity>(ConversationTable.Filter(shopId, KeyRange.From(TableKeys.TimelinesPrefix)),
            RowScan.LargeRowsPage, TimelineColumns, cancellationToken), cancellationToken);

    /// <summary>The first timeline rows up to a moment, without their raw events: as many as a transaction can delete.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<IReadOnlyList<RawEvent>> ListTimelineAsync(
        string shopId, string conversationId, DateTimeOffset through, CancellationToken cancellationToken)
    {
        var rows = table.QueryAsync<TableEntity>(
            ConversationTable.Filter(shopId, TableKeys.TimelineThrough(conversationId, through)),
            TableLimits.TransactionRows, RawEvent.NameColumns, cancellationToken);
        // A page may be empty although another page follows.
        return await StoreError.Guard(rows, cancellationToken).Take(TableLimits.TransactionRows).Select(RawEvent.NameOf)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Extends the erasure to rows of the conversation that were received up to its moment but have a later
    /// date.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<Erasure> ReachAsync(
        string shopId, string conversationId, Erasure erasure, CancellationToken cancellationToken)
    {
        if (erasure.ReceivedThrough is not { } received) return erasure;
        var later = ConversationTable.Filter(shopId, TableKeys.TimelineAfter(conversationId, erasure.Through));
        var rows = table.QueryAsync<TableEntity>(
            $"{later} and {RowFilter.Where(Column.ReceivedAt, "le", received)}", select: Moments,
            cancellationToken: cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            if (row[Column.At] is DateTimeOffset at && row[Column.ReceivedAt] is DateTimeOffset receivedAt)
            {
                erasure = erasure.Reaching(at, receivedAt);
            }
        }

        return erasure;
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

    /// <summary>What is erased of a conversation or of a customer.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<ErasureReading> ReadErasureAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, Erased, cancellationToken);
            return row.HasValue ? ErasureReading.From(row.Value!) : default;
        }, cancellationToken);

    /// <summary>What is erased of a shop's conversations and customers with these row keys. Reads every row of the shop that
    /// records an erasure.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async IAsyncEnumerable<(string RowKey, ErasureReading Reading)> ListErasedAsync(string partitionKey,
        IReadOnlySet<string> rowKeys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // No other kind of row sorts between these two.
        var keys = new KeyRange(TableKeys.ConversationPrefix, KeyRange.From(TableKeys.CustomerPrefix).Before);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partitionKey} and RowKey gt {keys.After} and RowKey lt {keys.Before}")
            + $" and ({RowFilter.Erased}"
            + $" or {RowFilter.Where(Column.ErasureUnfinished, "eq", true)})";
        var rows = table.QueryAsync<TableEntity>(filter, select: Erased, cancellationToken: cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            if (rowKeys.Contains(row.RowKey)) yield return (row.RowKey, ErasureReading.From(row));
        }
    }

    /// <summary>The partition keys of all shops. Asks for the first row after each shop's rows.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async IAsyncEnumerable<string> ListShopsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var last = ""; ;)
        {
            var rows = table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey gt {last}"), 1, Partition, cancellationToken);
            var next = await StoreError.Guard(rows, cancellationToken).FirstOrDefaultAsync(cancellationToken);
            if (next is null) yield break;
            yield return last = next.PartitionKey;
        }
    }

    /// <summary>Now by the store's clock, rounded up to the next second: everything in the store was received before.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<DateTimeOffset> ReadNowAsync(CancellationToken cancellationToken)
    {
        // This query finds nothing and costs one request.
        var pages = table.QueryAsync<TableEntity>("PartitionKey eq 'now'", 1, Partition, cancellationToken).AsPages();
        var page = await StoreError.Guard(pages, cancellationToken).FirstAsync(cancellationToken);
        return page.GetRawResponse().Headers.Date?.ToUniversalTime().AddSeconds(1)
            ?? throw new StoreUnavailableException(new NotSupportedException("Its answers have no Date."));
    }
}
