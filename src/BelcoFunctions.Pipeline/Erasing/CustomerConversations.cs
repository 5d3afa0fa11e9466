using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Finds the conversations that are or were a customer's: by the conversation's row, or by any event's snapshot or
/// actor. Merging two contacts in Belco changes the id, so the row alone does not tell.</summary>
internal sealed class CustomerConversations(ConversationTable table, PayloadReader payloads)
{
    private readonly ErasureTable erasures = new(table);

    /// <summary>Reads all events of the shop, row by row. Finds no conversation twice.</summary>
    /// <param name="remaining">Gets the damaged rows of the conversations that were not found: nobody can tell whose they
    /// are.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async IAsyncEnumerable<string> FindAsync(
        string shopId, string customerId, RemainingRows remaining, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Not the rows as they are now: one that is wrong may be corrected between the two searches.
        HashSet<string> found = new(StringComparer.Ordinal);
        await foreach (var (_, conversationId) in erasures.ListOfCustomerAsync(shopId, customerId, cancellationToken))
        {
            if (found.Add(conversationId)) yield return conversationId;
        }

        List<string> damaged = [];
        await foreach (var row in erasures.ReadTimelinesAsync(shopId, cancellationToken))
        {
            var conversationId = row[Column.ConversationId] as string;
            if (conversationId is not null && found.Contains(conversationId)) continue;
            switch (await IsOfCustomerAsync(row, customerId, cancellationToken))
            {
                case true when conversationId is not null:
                    found.Add(conversationId);
                    yield return conversationId;
                    break;
                case null or true:
                    damaged.Add(row.RowKey);
                    break;
            }
        }

        string[] prefixes = [.. found.Select(TableKeys.TimelinePrefix)];
        foreach (var key in damaged.Where(key => !prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal))))
        {
            remaining.Add(TableKeys.Escape(shopId), key, GiveUpReason.DamagedRow);
        }
    }

    /// <summary>Null if another program damaged the row, so that it does not tell.</summary>
    private async Task<bool?> IsOfCustomerAsync(TableEntity row, string customerId, CancellationToken cancellationToken)
    {
        if (ConversationItem.SideOf(row[Column.ActorType] as string) is MessageSide.Customer
            && row[Column.ActorId] is string actor && actor == customerId) return true;
        if (RawEvent.TryRead(row) is not { } raw) return null;
        // Only erasing deletes blobs: it is about to delete the row too.
        if (await payloads.ReadAsync(raw.RawBlob, raw.Raw, cancellationToken) is not { } body) return false;
        return EventReader.Read(body) is EventReading<BelcoEvent>.Projectable { Event: var e }
            ? e.CustomerIds.Contains(customerId) : null;
    }
}
