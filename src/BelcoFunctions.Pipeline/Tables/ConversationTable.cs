using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Reads and writes the table of conversations and their timelines. A shop is a partition.</summary>
public sealed class ConversationTable
{
    public const string Name = "Conversations";

    private static readonly string[] Ids =
        [Column.PartitionKey, Column.RowKey, Column.ShopId, Column.ConversationId, Column.Events, Column.ErasedThrough];

    private readonly TableClient table;

    /// <param name="concurrency">How requests to this table, to the table of unprojected events and to the blobs run
    /// in parallel.</param>
    internal ConversationTable(TableClient table, Concurrency concurrency) => (this.table, Concurrency) = (table, concurrency);

    /// <summary>The table itself, for requests that no other member makes.</summary>
    public TableClient Client => table;

    internal Concurrency Concurrency { get; }

    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="DamagedRowException"/>
    public Task<StoredConversation?> ReadAsync(string shopId, string conversationId, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Escape(shopId), TableKeys.Conversation(conversationId), cancellationToken: cancellationToken);
            if (!found.HasValue) return null;
            var row = found.Value!;
            var unread = new StoredConversation(new ConversationState(shopId, conversationId), row.ETag);
            if (DamagedRowException.Guard(row, RowValues.IsOfAnotherVersion)) return unread with { IsOfAnotherVersion = true };
            var known = DamagedRowException.Guard(row, each => unread with
            {
                Erasure = ErasureColumns.Get(each),
                State = unread.State with { LastItem = ConversationRow.LastItem(each) },
            });
            try
            {
                return known with { State = DamagedRowException.Guard(row, ConversationRow.FromEntity) };
            }
            catch (DamagedRowException)
            {
                return known with { IsDamaged = true };
            }
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

    /// <summary>Adds a customer's row, unless there is one.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal async Task AddIfMissingAsync(StoredCustomer customer, CancellationToken cancellationToken)
    {
        if (await ReadAsync(customer, cancellationToken)) return;
        await StoreError.Guard(
            () => table.UpsertEntityAsync(customer.ToEntity(erasure: null), cancellationToken: cancellationToken),
            cancellationToken);
    }

    /// <summary>The raw event of a timeline row without its bytes: only the name of its blob, if it has one. Null if there is
    /// no row.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal Task<RawEvent?> FindRawAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                partitionKey, rowKey, RawEvent.NameColumns, cancellationToken);
            return row.HasValue ? RawEvent.NameOf(row.Value!) : null;
        }, cancellationToken);

    /// <summary>What a timeline row tells of its item; null if there is no row.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal Task<Telling?> FindTellingAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                partitionKey, rowKey, Telling.Columns, cancellationToken);
            return row.HasValue ? Telling.From(row.Value!) : null;
        }, cancellationToken);

    /// <summary>What Belco's API said of a conversation; null if it was never read.</summary>
    /// <exception cref="StoreUnavailableException">Also if another version of this code wrote the row.</exception>
    /// <exception cref="DamagedRowException"/>
    internal Task<ConversationReading?> FindReadingAsync(
        string shopId, string conversationId, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.Escape(shopId), TableKeys.Reading(conversationId), cancellationToken: cancellationToken);
        if (!row.HasValue) return null;
        if (DamagedRowException.Guard(row.Value!, RowValues.IsOfAnotherVersion)) throw new AnotherVersionException();
        return ReadingRow.Read(row.Value!);
    }, cancellationToken);

    /// <summary>Whether a conversation's two rows have exactly the columns and values of a state.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal async Task<bool> MatchesAsync(
        ConversationState state, Erasure? erasure, CancellationToken cancellationToken) =>
        await MatchesAsync(ConversationRow.ToEntity(state, erasure), cancellationToken)
        && await MatchesAsync(ConversationRow.ToRecentEntity(state), cancellationToken);

    /// <summary>The conversations of a shop, or of all shops, without tombstones.</summary>
    internal IAsyncEnumerable<(string ShopId, string ConversationId)> ListAsync(
        string? shopId, CancellationToken cancellationToken) => ListRowsAsync(shopId, condition: null, Ids, cancellationToken)
        .Where(row => !ConversationRow.IsTombstone(row)).Select(ToIds);

    /// <summary>The conversations of a shop, or of all shops, that meet a condition on columns.</summary>
    internal IAsyncEnumerable<(string ShopId, string ConversationId)> ListAsync(
        string? shopId, string condition, CancellationToken cancellationToken) =>
        ListRowsAsync(shopId, condition, Ids, cancellationToken).Select(ToIds);

    /// <summary>The rows of the conversations of a shop, or of all shops, that meet a condition on columns; of all
    /// conversations if the condition is null.</summary>
    internal IAsyncEnumerable<TableEntity> ListRowsAsync(
        string? shopId, string? condition, IReadOnlyList<string> columns, CancellationToken cancellationToken)
    {
        var keys = KeyRange.From(TableKeys.ConversationPrefix);
        var filter = shopId is null
            ? TableClient.CreateQueryFilter($"RowKey gt {keys.After} and RowKey lt {keys.Before}") : Filter(shopId, keys);
        if (condition is not null) filter += " and " + condition;
        return StoreError.Guard(
            table.QueryAsync<TableEntity>(filter, select: columns, cancellationToken: cancellationToken), cancellationToken);
    }

    /// <summary>The rows of a conversation's raw events, oldest first.</summary>
    /// <param name="after">Only events that happened later; null for all.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    internal IAsyncEnumerable<TableEntity> ReadTimelineAsync(
        string shopId, string conversationId, DateTimeOffset? after, CancellationToken cancellationToken)
    {
        var rows = table.QueryAsync<TableEntity>(Filter(shopId, TableKeys.TimelineAfter(conversationId, after)),
            select: RawEvent.Columns, cancellationToken: cancellationToken);
        return StoreError.Guard(rows, cancellationToken);
    }

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

    // If another program damaged the columns with the ids, the ids can be read from the keys, unless they are so long that the
    // keys are hashes.
    internal static (string ShopId, string ConversationId) ToIds(TableEntity row) => (
        row[Column.ShopId] as string ?? TableKeys.Unescape(row.PartitionKey),
        row[Column.ConversationId] as string ?? TableKeys.Unescape(row.RowKey[TableKeys.ConversationPrefix.Length..]));

    internal static string Filter(string shopId, KeyRange keys) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {TableKeys.Escape(shopId)} and RowKey gt {keys.After} and RowKey lt {keys.Before}");

    private Task<bool> MatchesAsync(TableEntity wanted, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            wanted.PartitionKey, wanted.RowKey, cancellationToken: cancellationToken);
        return row.HasValue && row.Value!.HasColumnsOf(wanted);
    }, cancellationToken);
}
