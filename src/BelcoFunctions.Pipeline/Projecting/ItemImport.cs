using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Writes what import read of a conversation, by the rules of the projector: items and the reading go through the same
/// transactions, while webhooks arrive, and what was erased stays erased.</summary>
public sealed class ItemImport(PipelineStorage storage, IPayloadStore store, TimeProvider time)
{
    private readonly PayloadReader payloads = new(store);
    private readonly LaterTellings laterTellings = new(storage, new PayloadReader(store), time);
    private readonly ConversationWriter writer = new(storage.Conversations, time);

    /// <summary>Writes the items that have no row yet, and the reading. The reading is not written if no item of the
    /// conversation remains. Does not throw because of an item or the store.</summary>
    /// <param name="shopId">The shop.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="items">Imported items of that conversation, each once.</param>
    /// <param name="receivedAt">When they were read. For a moment before that, an erasure might cover items that were written
    /// after it.</param>
    /// <param name="reading">What the API said of the conversation; null to write only the items.</param>
    /// <param name="cancellationToken">Cancels between two requests. Items without an outcome are to be retried.</param>
    public async Task<ItemImportOutcome> WriteAsync(string shopId, string conversationId, IReadOnlyList<BelcoEvent> items,
        DateTimeOffset receivedAt, ConversationReading? reading, CancellationToken cancellationToken)
    {
        List<PendingEvent> pending = [];
        try
        {
            foreach (var item in items)
            {
                pending.Add(new PendingEvent(item, receivedAt, await StoreAsync(item, cancellationToken)));
            }

            // The reading goes with each half until one is written.
            var (unwritten, readingError) = (reading, (DeliveryOutcome?)null);
            var error = await Halving.WriteAsync(pending, async half =>
            {
                var write = new ProjectWrite(shopId, conversationId, half, storage.Conversations, payloads, unwritten);
                await writer.WriteAsync([write], cancellationToken);
                if (unwritten is not null) (unwritten, readingError) = (null, write.ReadingError);
            });
            foreach (var each in pending) await laterTellings.SettleAsync(each, cancellationToken);
            return new ItemImportOutcome(
                pending.ConvertAll(each => each.Outcome!), unwritten is null ? readingError : error);
        }
        catch (Exception exception)
        {
            var error = exception.ToOutcome();
            var outcomes = items.Select((_, index) => pending.ElementAtOrDefault(index)?.Outcome ?? error);
            return new ItemImportOutcome([.. outcomes], error);
        }
    }

    private async Task<string?> StoreAsync(BelcoEvent item, CancellationToken cancellationToken) =>
        ClaimCheck.IsNeeded(item.Raw) ? await store.PutAsync(item.Raw, cancellationToken) : null;
}

/// <summary>What became of the items and the reading of a conversation.</summary>
/// <param name="Items">The outcome of each item, in their order. <see cref="DeliveryOutcome.Kept"/>: its row tells something
/// else, and what the API tells is stored with the unprojected events.</param>
/// <param name="Error">Why the reading is not written; null if it is, or if there is nothing to write it beside.</param>
public sealed record ItemImportOutcome(IReadOnlyList<DeliveryOutcome> Items, DeliveryOutcome? Error);
