using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Reads and writes the items of one shop's conversations in the archive.</summary>
internal sealed class ItemWriting(
    string shopId, ConversationTable table, PayloadReader payloads, ItemImport import)
{
    private readonly CustomerTurns turns = new();

    /// <exception cref="StoreUnavailableException"/>
    public Task<ArchivedItems> ReadArchivedAsync(string conversationId, CancellationToken cancellationToken) =>
        ArchivedItems.ReadAsync(table, payloads, shopId, conversationId, cancellationToken);

    /// <summary>What <see cref="WriteAsync"/> would do. Does not know whether a customer was erased.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="items">Items that have no row, and then those whose row says something else.</param>
    /// <param name="changed">How many of them have a row.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<WrittenItems> PreviewAsync(
        string conversationId, IReadOnlyList<BelcoEvent> items, int changed, CancellationToken cancellationToken)
    {
        var stored = await table.ReadAsync(shopId, conversationId, cancellationToken);
        var erased = items.Count(e => stored?.Erasure?.Covers(e.Item.CreatedAt) ?? false);
        return new WrittenItems(new ItemCounts(Added: items.Count - changed - erased, Changed: changed, Erased: erased));
    }

    /// <summary>Writes the items and what the API said of the conversation.</summary>
    public Task<WrittenItems> WriteAsync(string conversationId, IReadOnlyList<BelcoEvent> items, SourceReading.Found found,
        CancellationToken cancellationToken)
    {
        var customers = items.SelectMany(e => e.CustomerIds);
        if (found.Reading.CustomerId?.Value is { } customer) customers = customers.Append(customer);
        return turns.TakeAsync(customers, async () =>
        {
            // The API may list an item twice. A batch has each item once, so the second telling is written after the first.
            var rounds = items.GroupBy(e => e.Identity).SelectMany(tellings => tellings.Index())
                .ToLookup(telling => telling.Index, telling => telling.Item);
            var written = new WrittenItems(default);
            // Without an item, the reading alone is written.
            for (var round = 0; round < Math.Max(1, rounds.Count); round++)
            {
                var outcome = await import.WriteAsync(
                    shopId, conversationId, [.. rounds[round]], found.ItemsAnsweredAt, found.Reading, cancellationToken);
                written = outcome.Items.Aggregate(written, (sum, each) => sum.With(each));
                if (outcome.Error is { } error) written = written.With(error);
            }

            return written;
        }, cancellationToken);
    }
}

/// <summary>What came of the items that were written.</summary>
/// <param name="Items">Their numbers.</param>
/// <param name="Failure">Why one of them, or the reading, was not written, in a sentence; null if all were.</param>
/// <param name="IsOutage">Whether the store did not answer.</param>
internal readonly record struct WrittenItems(ItemCounts Items, string? Failure = null, bool IsOutage = false)
{
    public WrittenItems With(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Projected => this with { Items = Items + new ItemCounts(Added: 1) },
        DeliveryOutcome.Duplicate => this with { Items = Items + new ItemCounts(AlreadyThere: 1) },
        DeliveryOutcome.Kept => this with { Items = Items + new ItemCounts(Changed: 1) },
        DeliveryOutcome.Erased => this with { Items = Items + new ItemCounts(Erased: 1) },
        DeliveryOutcome.RetryLater later => this with { Failure = Failure ?? later.Reason, IsOutage = true },
        DeliveryOutcome.Failed failed => this with { Failure = Failure ?? failed.Reason },
        DeliveryOutcome.NeverProjectable never => this with { Failure = Failure ?? never.Reason },
        _ => throw new InvalidOperationException($"No case for {outcome.GetType().Name}."),
    };
}
