using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>Finds the conversations that are or were a customer's: by the conversation's row, or by any event's snapshot or
/// actor. Merging two contacts in Belco changes the id, so the row alone does not tell.</summary>
internal sealed class CustomerConversations(ConversationTable table, PayloadReader payloads)
{
    private readonly ErasureTable erasures = new(table);

    /// <summary>Reads all events of the shop, row by row. Finds no conversation twice.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async IAsyncEnumerable<string> FindAsync(
        string shopId, string customerId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Not the rows as they are now: one that is wrong may be corrected between the two searches.
        HashSet<string> found = new(StringComparer.Ordinal);
        await foreach (var (_, conversationId) in erasures.ListOfCustomerAsync(shopId, customerId, cancellationToken))
        {
            if (found.Add(conversationId)) yield return conversationId;
        }

        await foreach (var row in erasures.ReadTimelinesAsync(shopId, cancellationToken))
        {
            // Not a damaged row: then only the other rows can tell.
            if (row["ConversationId"] is not string conversationId) continue;
            if (found.Contains(conversationId) || !await IsOfCustomerAsync(row, customerId, cancellationToken)) continue;
            found.Add(conversationId);
            yield return conversationId;
        }
    }

    private async Task<bool> IsOfCustomerAsync(TableEntity row, string customerId, CancellationToken cancellationToken)
    {
        if (row["ActorType"] is "customer" or "contact" && row["ActorId"] is string actor && actor == customerId) return true;
        return RawEvent.TryRead(row) is { } raw
            && await payloads.ReadAsync(raw.RawBlob, raw.Raw, cancellationToken) is { } body
            && EventReader.Read(body) is EventReading<BelcoEvent>.Projectable { Event: var e }
            && e.CustomerIds.Contains(customerId);
    }
}
