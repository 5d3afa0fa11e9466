using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Keeps the events that are not projected, each body once, with the reason.</summary>
public sealed class UnprojectedEventStore(TableClient table, PayloadReader payloads)
{
    private const int ParallelWrites = 16;

    /// <summary>The outcomes, in the order of the batch. Never throws for what an event or the store does.</summary>
    public async Task<IReadOnlyList<DeliveryOutcome>> KeepAsync(IReadOnlyList<QueuedEvent> batch, CancellationToken cancellationToken)
    {
        var outcomes = new DeliveryOutcome[batch.Count];
        await Parallel.ForAsync(0, batch.Count, new ParallelOptions { MaxDegreeOfParallelism = ParallelWrites },
            async (index, _) => outcomes[index] = await KeepAsync(batch[index], cancellationToken));
        return outcomes;
    }

    private async Task<DeliveryOutcome> KeepAsync(QueuedEvent queued, CancellationToken cancellationToken)
    {
        try
        {
            if (await payloads.ReadAsync(queued, cancellationToken) is not { } body)
            {
                return new DeliveryOutcome.NeverProjectable($"The blob {queued.PayloadBlob} that has its body is missing.");
            }

            if (ToRow(queued, body) is not { } row) return new DeliveryOutcome.NeverProjectable("The body is no longer an event.");
            return await AddAsync(row, cancellationToken);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            return new DeliveryOutcome.RetryLater(exception.Message);
        }
        catch (Exception exception)
        {
            return new DeliveryOutcome.Failed(StoreError.Describe(exception));
        }
    }

    // The body, not the queue's properties, says what the event is: a queue may cut its properties.
    private static TableEntity? ToRow(QueuedEvent queued, ReadOnlyMemory<byte> body) => EventReader.Read(body) switch
    {
        EventReading<BelcoEvent>.Unprojectable e => UnprojectedRow.ToEntity(
            e.EventName, e.RequestId, e.ShopId, queued.Reason ?? e.Reason, body, queued.ReceivedAt, queued.PayloadBlob),
        EventReading<BelcoEvent>.Projectable { Event: var e } => UnprojectedRow.ToEntity(
            e.EventName, e.RequestId, e.ShopId, queued.Reason ?? "", body, queued.ReceivedAt, queued.PayloadBlob),
        _ => null,
    };

    private Task<DeliveryOutcome> AddAsync(TableEntity row, CancellationToken cancellationToken) =>
        StoreError.Guard<DeliveryOutcome>(async () =>
        {
            try
            {
                await table.AddEntityAsync(row, cancellationToken);
                return new DeliveryOutcome.Applied();
            }
            catch (RequestFailedException exception) when (exception.ErrorCode == TableErrorCode.EntityAlreadyExists)
            {
                return new DeliveryOutcome.Duplicate();
            }
        }, cancellationToken);
}
