using System.Net;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Projecting;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The table of conversations and their timelines, as projecting reads and writes it. A partition is a shop.</summary>
public sealed class ConversationTable(TableClient table)
{
    public const string Name = "Conversations";

    private static readonly string[] KeyOnly = ["RowKey"];

    /// <exception cref="StoreUnavailableException"/>
    public Task<StoredConversation?> ReadAsync(string shopId, string conversationId, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Escape(shopId), TableKeys.Conversation(conversationId), cancellationToken: cancellationToken);
            return row.HasValue ? new StoredConversation(ConversationRow.FromEntity(row.Value!), row.Value!.ETag) : null;
        }, cancellationToken);

    /// <summary>Whether an event was applied.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<bool> HasEventAsync(EventIdentity e, CancellationToken cancellationToken) =>
        HasRowAsync(e.ShopId, TableKeys.Timeline(e), cancellationToken);

    /// <summary>Whether the list has a conversation at the place of its last item.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal Task<bool> IsListedAsync(ConversationState state, CancellationToken cancellationToken) =>
        HasRowAsync(state.ShopId, ConversationRow.RecentKey(state), cancellationToken);

    /// <summary>The raw events of a conversation, in the order of time.</summary>
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
                await table.SubmitTransactionAsync(ToActions(changes), cancellationToken);
                return new CommitOutcome.Committed();
            }
            catch (TableTransactionFailedException exception)
                when (IsConflict(exception) && exception.FailedTransactionActionIndex is { } index)
            {
                return ToOutcome(changes, index);
            }
        }, cancellationToken);

    private Task<bool> HasRowAsync(string shopId, string rowKey, CancellationToken cancellationToken) => StoreError.Guard(async () =>
        (await table.GetEntityIfExistsAsync<TableEntity>(TableKeys.Escape(shopId), rowKey, KeyOnly, cancellationToken)).HasValue,
        cancellationToken);

    // Conversation rows come first, so that the index of the failed action tells a lost race from a duplicate.
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
