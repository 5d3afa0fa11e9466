using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Finds the conversations that belong or once belonged to a customer, by the conversation's row, by what Belco's API
/// said, or by the snapshot or actor of any event. The row alone is not enough: merging two contacts in Belco changes the
/// id.</summary>
internal sealed class CustomerConversations(ConversationTable table, PayloadReader payloads)
{
    private readonly ErasureTable erasures = new(table);

    /// <summary>Reads all events of the shop, row by row. Returns each conversation once.</summary>
    /// <param name="remaining">Gets the damaged rows of conversations that were not found: we cannot know which customer they
    /// belong to.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async IAsyncEnumerable<string> FindAsync(
        string shopId, string customerId, RemainingRows remaining, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Remember what was found instead of reading the rows again: a wrong row may be corrected between the two searches.
        HashSet<string> found = new(StringComparer.Ordinal);
        var byRows = erasures.ListOfCustomerAsync(shopId, customerId, cancellationToken)
            .Concat(erasures.ListReadAsOfCustomerAsync(shopId, customerId, cancellationToken));
        await foreach (var (_, conversationId) in byRows)
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

    /// <summary>Null if another program damaged the row, so that we cannot know.</summary>
    private async Task<bool?> IsOfCustomerAsync(TableEntity row, string customerId, CancellationToken cancellationToken)
    {
        if (ConversationItem.SideOf(row[Column.ActorType] as string) is MessageSide.Customer
            && row[Column.ActorId] is string actor && actor == customerId) return true;
        if (RawEvent.TryRead(row) is not { } raw) return null;
        // Only erasing deletes blobs, and it will delete this row too.
        if (await payloads.ReadAsync(raw.RawBlob, raw.Raw, cancellationToken) is not { } body) return false;
        return EventReader.Read(body) is EventReading<BelcoEvent>.Projectable { Event: var e }
            ? e.CustomerIds.Contains(customerId) : null;
    }
}
