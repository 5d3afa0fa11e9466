using System.Net;
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
    private static readonly string[] Ids = ["ShopId", "ConversationId"];

    /// <exception cref="StoreUnavailableException"/>
    public Task<StoredConversation?> ReadAsync(string shopId, string conversationId, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Escape(shopId), TableKeys.Conversation(conversationId), cancellationToken: cancellationToken);
            return row.HasValue ? new StoredConversation(ConversationRow.FromEntity(row.Value!), row.Value!.ETag) : null;
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
    internal async Task<bool> MatchesAsync(ConversationState state, CancellationToken cancellationToken) =>
        await MatchesAsync(ConversationRow.ToEntity(state), cancellationToken)
        && await MatchesAsync(ConversationRow.ToRecentEntity(state), cancellationToken);

    /// <summary>The conversations of a shop, or of all.</summary>
    internal async IAsyncEnumerable<(string ShopId, string ConversationId)> ListAsync(
        string? shopId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = KeyRange.Of(TableKeys.ConversationPrefix);
        var filter = TableClient.CreateQueryFilter($"RowKey gt {keys.After} and RowKey lt {keys.Before}");
        if (shopId is not null) filter += " and " + TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Escape(shopId)}");
        var rows = table.QueryAsync<TableEntity>(filter, select: Ids, cancellationToken: cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            yield return (row.GetString("ShopId"), row.GetString("ConversationId"));
        }
    }

    /// <summary>The raw events of a conversation, oldest first.</summary>
    internal async IAsyncEnumerable<RawEvent> ReadTimelineAsync(
        string shopId, string conversationId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = KeyRange.Of(TableKeys.TimelinePrefix(conversationId));
        var rows = table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter(
            $"PartitionKey eq {TableKeys.Escape(shopId)} and RowKey gt {keys.After} and RowKey lt {keys.Before}"),
            select: RawEvent.Columns, cancellationToken: cancellationToken);
        await foreach (var row in rows) yield return RawEvent.Of(row);
    }

    /// <summary>Writes changes of distinct conversations of one shop in one entity-group transaction.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="StoreRejectedException"/>
    internal Task<CommitOutcome> CommitAsync(IReadOnlyList<ConversationChange> changes, CancellationToken cancellationToken) =>
        StoreError.Guard<CommitOutcome>(async () =>
        {
            try
            {
                var answers = await table.SubmitTransactionAsync(ToActions(changes), cancellationToken);
                return new CommitOutcome.Committed(
                    [.. changes.Select((_, index) => answers.Value.ElementAtOrDefault(index)?.Headers.ETag ?? default)]);
            }
            catch (TableTransactionFailedException exception)
                when (IsConflict(exception) && exception.FailedTransactionActionIndex is { } index)
            {
                return ToOutcome(changes, index);
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

    private Task<bool> MatchesAsync(TableEntity wanted, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            wanted.PartitionKey, wanted.RowKey, cancellationToken: cancellationToken);
        return row.HasValue && row.Value!.HasColumnsOf(wanted);
    }, cancellationToken);

    // Conversation rows come first, so that the index of the failed action tells a conflict from a duplicate.
    private static IEnumerable<TableTransactionAction> ToActions(IReadOnlyList<ConversationChange> changes) =>
    [
        .. changes.Select(change => change.Conversation),
        .. changes.SelectMany(change => change.RecentRows),
        .. changes.SelectMany(change => change.Timeline),
    ];

    private static CommitOutcome ToOutcome(IReadOnlyList<ConversationChange> changes, int failedAction)
    {
        if (failedAction < changes.Count) return new CommitOutcome.ConversationChanged(failedAction);
        var behind = changes.Count;
        for (var index = 0; index < changes.Count; index++)
        {
            behind += changes[index].RecentRows.Count();
            if (failedAction < behind) return new CommitOutcome.RecentRowMissing(index);
        }

        return new CommitOutcome.TimelineRowExists();
    }

    private static bool IsConflict(RequestFailedException exception) => (HttpStatusCode)exception.Status switch
    {
        HttpStatusCode.Conflict => exception.ErrorCode == TableErrorCode.EntityAlreadyExists,
        HttpStatusCode.PreconditionFailed => true,
        HttpStatusCode.NotFound => exception.ErrorCode != TableErrorCode.TableNotFound,
        _ => false,
    };
}
