using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>Erases in a restored archive everything that its rows say is erased. A backup reads an archive row by row, and may
/// have read an event or a name before an eraser reached it. If that erasure ended while the backup was written, no mark says
/// that it is unfinished, and no moment does either: it may have begun long before. So this looks at all rows.</summary>
internal sealed class RestoredErasures(PipelineStorage storage, PayloadReader payloads, TimeProvider time)
{
    private readonly ConversationTable table = storage.Conversations;
    private readonly NameTable names = new(storage.Conversations);
    private readonly StrayNames strayNames = new(storage.Conversations);
    private readonly ErasureFinish finish = new(storage, payloads, time);
    private readonly ConversationWriter writer = new(storage.Conversations, time);
    private readonly ErasureLookup erased = new(storage.Conversations) { Remembers = true };

    /// <summary>The rows that could not be erased.</summary>
    public RemainingRows Remaining => erased.Remaining;

    /// <summary>Erases a conversation as far as it is erased, or a customer whom it names. Gives a new customer a row, because
    /// the backup may have read the table before that row was there. Deletes a customer's name that was read before the
    /// customer was erased.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task EraseAsync(RebuildWrite conversation, CancellationToken cancellationToken)
    {
        var (shopId, conversationId) = (conversation.ShopId, conversation.ConversationId);
        erased.Remaining.Judge(shopId, conversationId, conversation.GivenUp);
        var wanted = conversation.Erasure;
        foreach (var id in conversation.CustomerIds)
        {
            if (await AddCustomerAsync(shopId, id, cancellationToken) is not { } erasure) continue;
            wanted = Erasure.Latest(wanted, erasure);
            await DeleteNameAsync(shopId, id, erasure, cancellationToken);
        }

        if (wanted is null) return;
        if (wanted == conversation.Erasure)
        {
            await new ErasureSteps(shopId, conversationId, table, payloads)
                .DeleteTimelineAsync(wanted.Through, cancellationToken);
            return;
        }

        var write = new EraseWrite(
            shopId, conversationId, stored => Erasure.Latest(stored?.Erasure, wanted), table, payloads);
        await writer.WriteAsync([write], cancellationToken);
        erased.Remaining.Judge(shopId, conversationId, write.GivenUp);
    }

    /// <summary>Erases the stray events, and the names that no conversation names any more. Finishes the erasures that are
    /// marked as unfinished.</summary>
    /// <param name="shops">The shops of all conversations.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task FinishAsync(IEnumerable<string> shops, CancellationToken cancellationToken)
    {
        foreach (var shop in shops) await strayNames.EraseAsync(shop, erased, dryRun: false, cancellationToken);
        var marked = await finish.ListMarkedAsync(shopId: null, cancellationToken);
        await finish.RunAsync(shopId: null, marked, erased, cancellationToken);
    }

    /// <summary>Gives a customer a row if there is none.</summary>
    /// <returns>What is erased of the customer; null for nothing.</returns>
    private async Task<Erasure?> AddCustomerAsync(string shopId, string customerId, CancellationToken cancellationToken)
    {
        var customer = new StoredCustomer(shopId, customerId);
        await table.AddIfMissingAsync(customer, cancellationToken);
        if (customer.IsDamaged) Remaining.Add(customer.PartitionKey, customer.RowKey, GiveUpReason.DamagedRow);
        return customer.Erasure;
    }

    private async Task DeleteNameAsync(
        string shopId, string customerId, Erasure erasure, CancellationToken cancellationToken)
    {
        if (await names.FindContactAsync(shopId, customerId, cancellationToken) is { } name && name.IsCovered(erasure))
            await names.DeleteAsync(shopId, name, cancellationToken);
    }
}
