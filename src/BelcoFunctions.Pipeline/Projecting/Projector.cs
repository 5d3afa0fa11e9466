using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Projects batches of queued events into the rows of their conversations. The order, the repetition and the
/// batching of the events make no difference to the rows. The number of projectors makes no difference either.</summary>
/// <param name="memory">Use it only if no other host projects.</param>
public sealed class Projector(
    PipelineStorage storage, PayloadReader payloads, ProjectingMetrics metrics, TimeProvider time,
    IConversationMemory? memory = null)
{
    private readonly ConversationTable table = storage.Conversations;
    private readonly ConversationWriter writer = new(storage.Conversations, time) { Memory = memory };
    private readonly MissingPayloads missingPayloads = new(storage.Conversations);
    private readonly LaterTellings laterTellings = new(storage, payloads, time);

    /// <summary>Returns the outcomes in the order of the batch. Does not throw because of an event or the store.</summary>
    public async Task<IReadOnlyList<DeliveryOutcome>> ProjectAsync(
        IReadOnlyList<QueuedEvent> batch, CancellationToken cancellationToken)
    {
        var outcomes = new DeliveryOutcome?[batch.Count];
        var readings = new PendingEvent?[batch.Count];
        await table.Concurrency.ForEachAsync(Enumerable.Range(0, batch.Count), Concurrency.Bodies, async (index, _) =>
            (readings[index], outcomes[index]) = await ReadAsync(batch[index], cancellationToken), CancellationToken.None);

        // If an item is in the batch twice, only the first telling is written.
        var distinct = readings.OfType<PendingEvent>()
            .DistinctBy(pending => pending.Identity).ToDictionary(pending => pending.Identity);
        await table.Concurrency.ForEachAsync(
            distinct.Values.GroupBy(pending => pending.Identity.ShopId, StringComparer.Ordinal), Concurrency.Shops,
            (shop, _) => ProjectShopAsync([.. shop], cancellationToken), CancellationToken.None);
        foreach (var pending in distinct.Values.Where(pending => pending.Outcome is DeliveryOutcome.Projected))
        {
            metrics.EventProjected(time.GetUtcNow() - pending.Event.Item.CreatedAt);
        }

        for (var index = 0; index < batch.Count; index++)
        {
            if (readings[index] is not { } pending) continue;
            var first = distinct[pending.Identity];
            if (pending == first) continue;
            if (first.Standing is { } standing) pending.Found(standing);
            else pending.Outcome = first.Outcome;
        }

        // Each delivery has an outcome of its own: storing it or deleting its blob may fail.
        foreach (var pending in readings.OfType<PendingEvent>()) await laterTellings.SettleAsync(pending, cancellationToken);
        for (var index = 0; index < batch.Count; index++) outcomes[index] ??= readings[index]!.Outcome;
        return outcomes!;
    }

    private async Task<(PendingEvent?, DeliveryOutcome?)> ReadAsync(QueuedEvent queued, CancellationToken cancellationToken)
    {
        try
        {
            if (await payloads.ReadAsync(queued, cancellationToken) is not { } body)
            {
                var outcome = await missingPayloads.JudgeAsync(queued, cancellationToken);
                if (outcome is DeliveryOutcome.Erased)
                {
                    await laterTellings.ForgetAsync(queued.EventName, queued.PayloadBlob!, cancellationToken);
                }

                return (null, outcome);
            }

            return EventReader.Read(body) switch
            {
                EventReading<BelcoEvent>.Projectable projectable =>
                    (new PendingEvent(projectable.Event, queued.ReceivedAt, queued.PayloadBlob), null),
                EventReading<BelcoEvent>.Unprojectable unprojectable =>
                    (null, new DeliveryOutcome.NeverProjectable(unprojectable.Reason)),
                EventReading<BelcoEvent>.Malformed malformed => (null, new DeliveryOutcome.NeverProjectable(malformed.Reason)),
                var other => throw new InvalidOperationException($"No case for {other.GetType().Name}."),
            };
        }
        catch (Exception exception)
        {
            return (null, exception.ToOutcome());
        }
    }

    private async Task ProjectShopAsync(List<PendingEvent> events, CancellationToken cancellationToken) =>
        await Halving.WriteAsync(events, some =>
        {
            var conversations = some.GroupBy(pending => pending.Identity.ConversationId, StringComparer.Ordinal);
            return writer.WriteAsync(conversations.Select(group =>
                new ProjectWrite(group.First().Identity.ShopId, group.Key, group, table, payloads)), cancellationToken);
        });
}
