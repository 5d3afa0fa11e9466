using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Unprojected;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Stores the events that are not projected, with the reason, unless they are erased. The same body is stored
/// once.</summary>
public sealed class UnprojectedEventStore(PipelineStorage storage, PayloadReader payloads, TimeProvider time)
{
    private static readonly string[] Keys = [Column.PartitionKey, Column.RowKey];

    private readonly PayloadReferences named = new(storage, payloads);
    private readonly StrayConversations strayConversations = new(storage.Conversations, payloads, time);

    /// <summary>Returns the outcomes in the order of the batch. Does not throw because of an event or the store.</summary>
    public async Task<IReadOnlyList<DeliveryOutcome>> KeepAsync(
        IReadOnlyList<QueuedEvent> batch, CancellationToken cancellationToken)
    {
        var outcomes = new DeliveryOutcome[batch.Count];
        await storage.Conversations.Concurrency.ForEachAsync(Enumerable.Range(0, batch.Count), Concurrency.Writes,
            async (index, _) => outcomes[index] = await KeepAsync(batch[index], cancellationToken), CancellationToken.None);
        return outcomes;
    }

    private async Task<DeliveryOutcome> KeepAsync(QueuedEvent queued, CancellationToken cancellationToken)
    {
        try
        {
            if (await payloads.ReadAsync(queued, cancellationToken) is not { } body)
            {
                // Only erasing deletes blobs. An earlier delivery may have read the blob before that, added the row, and been
                // killed.
                await DeleteRowsAsync(queued.PayloadBlob!, cancellationToken);
                return new DeliveryOutcome.Erased();
            }

            return await KeepAsync(queued, body, cancellationToken);
        }
        catch (Exception exception)
        {
            return exception.ToOutcome();
        }
    }

    /// <summary>Stores an event although its item is in the archive, because it says something else of the item.</summary>
    /// <exception cref="StoreUnavailableException"/>
    internal Task<DeliveryOutcome> KeepAsync(
        BelcoEvent e, DateTimeOffset receivedAt, string? payloadBlob, string reason, CancellationToken cancellationToken) =>
        KeepAsync(new QueuedEvent
        {
            Queue = QueueNames.UnprojectedEvents,
            Body = e.Raw,
            EventName = e.EventName,
            RequestId = e.RequestId,
            ReceivedAt = receivedAt,
            Reason = reason,
            PayloadBlob = payloadBlob,
        }, e.Raw, cancellationToken);

    /// <summary>Deletes the row of an erased event, if there is one. An earlier delivery may have added the row, and been killed
    /// before it looked for erasures.</summary>
    /// <param name="eventName">The event's name.</param>
    /// <param name="key">The name of the event's blob, or <see cref="UnprojectedRow.Key"/>.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="StoreUnavailableException"/>
    internal Task ForgetAsync(string eventName, string key, CancellationToken cancellationToken) =>
        DeleteAsync(TableKeys.Escape(eventName), key, cancellationToken);

    private async Task<DeliveryOutcome> KeepAsync(
        QueuedEvent queued, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (ToRow(queued, body) is not { } row) return new DeliveryOutcome.NeverProjectable("The body is not an event.");
        var outcome = await AddAsync(row, cancellationToken);
        // Look for erasures only after adding the row: an erasure that is already done is found here, and a later one finds
        // the row.
        var erased = new ErasureLookup(storage.Conversations);
        var stray = await strayConversations.EraseAsync(body, queued.ReceivedAt, erased, cancellationToken);
        if (stray.Outcome is StrayOutcome.NotErased) return outcome;
        if (stray.Outcome is StrayOutcome.Remaining) return NotErased(erased.Remaining);

        await DeleteAsync(row.PartitionKey, row.RowKey, cancellationToken);
        await named.DeleteUnlessNamedAsync(queued.PayloadBlob, body, cancellationToken);
        return new DeliveryOutcome.Erased();
    }

    private static DeliveryOutcome NotErased(RemainingRows remaining) => remaining.Damaged is [var (_, rowKey), ..]
        ? new DeliveryOutcome.Failed($"The event may be erased, but the row {rowKey} is damaged.")
        : new DeliveryOutcome.RetryLater("The conversation of an erased event cannot be erased now.");

    // Read the body, not the properties of the queue's message: those may be truncated.
    private static TableEntity? ToRow(QueuedEvent queued, ReadOnlyMemory<byte> body) => EventReader.Read(body) switch
    {
        EventReading<BelcoEvent>.Unprojectable e => UnprojectedRow.ToEntity(
            e.EventName, e.RequestId, e.ShopId, queued.Reason ?? e.Reason, body, queued.ReceivedAt, queued.PayloadBlob),
        EventReading<BelcoEvent>.Projectable { Event: var e } => UnprojectedRow.ToEntity(
            e.EventName, e.RequestId, e.ShopId, queued.Reason ?? "", body, queued.ReceivedAt, queued.PayloadBlob),
        _ => null,
    };

    // Find the rows by the blob's name, which is their row key. The event's name may be truncated in the queue's message.
    private async Task DeleteRowsAsync(string blob, CancellationToken cancellationToken)
    {
        var rows = storage.UnprojectedEvents.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"RowKey eq {blob}"), select: Keys, cancellationToken: cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            await DeleteAsync(row.PartitionKey, row.RowKey, cancellationToken);
        }
    }

    private Task<Response> DeleteAsync(string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        StoreError.Guard(() => storage.UnprojectedEvents.DeleteEntityAsync(
            partitionKey, rowKey, cancellationToken: cancellationToken), cancellationToken);

    private Task<DeliveryOutcome> AddAsync(TableEntity row, CancellationToken cancellationToken) =>
        StoreError.Guard<DeliveryOutcome>(async () =>
        {
            try
            {
                await storage.UnprojectedEvents.AddEntityAsync(row, cancellationToken);
                return new DeliveryOutcome.Kept();
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == TableErrorCode.EntityAlreadyExists)
            {
                return new DeliveryOutcome.Duplicate();
            }
        }, cancellationToken);
}
