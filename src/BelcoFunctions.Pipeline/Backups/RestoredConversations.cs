using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>Corrects the rows of a restored archive, since they were not read at one moment.</summary>
internal sealed class RestoredConversations(
    ConversationTable table, RestoredErasures erasures, PayloadReader payloads, TimeProvider time)
{
    private static readonly string[] Columns = [Column.PartitionKey, Column.RowKey, Column.ShopId, Column.ConversationId];

    private readonly ConversationWriter writer = new(table, time);

    /// <summary>Rebuilds each conversation that has a timeline or an erasure, and erases what is erased of it. Then deletes the
    /// rows of the list that no conversation has any more.</summary>
    /// <param name="onConversation">Gets each conversation when it is done. Several threads may call it.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task CorrectAsync(Action<RebuildWrite> onConversation, CancellationToken cancellationToken)
    {
        var conversations = ListWithTimelineAsync(cancellationToken).Concat(ListErasedAsync(cancellationToken));
        await table.Concurrency.ForEachAsync(conversations, Concurrency.RestoredConversations, async (ids, token) =>
        {
            var rebuild = new RebuildWrite(ids.ShopId, ids.ConversationId, table, payloads) { IsRestored = true };
            await writer.WriteAsync([rebuild], token);
            await erasures.EraseAsync(rebuild, token);
            onConversation(rebuild);
        }, cancellationToken);
        await table.Concurrency.ForEachAsync(
            ListAsync(TableKeys.RecentPrefix, condition: null, cancellationToken), Concurrency.Deletes, DeleteIfStaleAsync,
            cancellationToken);
    }

    /// <summary>The conversations of all timelines. The rows of a timeline follow each other.</summary>
    private async IAsyncEnumerable<(string ShopId, string ConversationId)> ListWithTimelineAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = ("", "");
        await foreach (var row in ListAsync(TableKeys.TimelinesPrefix, condition: null, cancellationToken))
        {
            var key = row.RowKey[TableKeys.TimelinesPrefix.Length..].Split('_')[0];
            if (last == (row.PartitionKey, key)) continue;
            last = (row.PartitionKey, key);
            yield return (row[Column.ShopId] as string ?? TableKeys.Unescape(row.PartitionKey),
                row[Column.ConversationId] as string ?? TableKeys.Unescape(key));
        }
    }

    private IAsyncEnumerable<(string ShopId, string ConversationId)> ListErasedAsync(CancellationToken cancellationToken) =>
        ListAsync(TableKeys.ConversationPrefix, RowFilter.Erased, cancellationToken).Select(ConversationTable.ToIds);

    private async Task DeleteIfStaleAsync(TableEntity recent, CancellationToken cancellationToken)
    {
        if (recent[Column.ShopId] is not string shopId || recent[Column.ConversationId] is not string conversationId) return;
        if (await TryReadAsync(shopId, conversationId, cancellationToken) is not (true, var stored)) return;
        if (stored?.State.LastItem is not null && ConversationRow.RecentKey(stored.State) == recent.RowKey) return;
        await StoreError.Guard(() => table.Client.DeleteEntityAsync(
            recent.PartitionKey, recent.RowKey, recent.ETag, cancellationToken), cancellationToken);
    }

    /// <summary>False if the row is damaged or of another version. Its correction has failed with that reason.</summary>
    private async Task<(bool IsReadable, StoredConversation? Stored)> TryReadAsync(
        string shopId, string conversationId, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await table.ReadAsync(shopId, conversationId, cancellationToken);
            return (stored is not ({ IsOfAnotherVersion: true } or { IsDamaged: true }), stored);
        }
        catch (DamagedRowException)
        {
            return (false, null);
        }
    }

    private IAsyncEnumerable<TableEntity> ListAsync(
        string prefix, string? condition, CancellationToken cancellationToken)
    {
        var keys = KeyRange.From(prefix);
        var filter = TableClient.CreateQueryFilter($"RowKey gt {keys.After} and RowKey lt {keys.Before}");
        return StoreError.Guard(table.Client.QueryAsync<TableEntity>(
            condition is null ? filter : $"{filter} and {condition}", select: Columns, cancellationToken: cancellationToken),
            cancellationToken);
    }
}
