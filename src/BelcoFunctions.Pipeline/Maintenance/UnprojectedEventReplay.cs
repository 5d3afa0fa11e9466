using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>Puts kept events through the projections there are now: what could not be projected once may be today.</summary>
public sealed class UnprojectedEventReplay(PipelineStorage storage, Projector projector, PayloadReader payloads, TimeProvider time)
{
    private static readonly string[] ListColumns = ["EventName", "RequestId", "ShopId", "Reason", "ReceivedAt"];

    /// <summary>The kept events, by event name.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async IAsyncEnumerable<UnprojectedEvent> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = storage.UnprojectedEvents.QueryAsync<TableEntity>(
            (string?)null, select: ListColumns, cancellationToken: cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            yield return new UnprojectedEvent(row.GetString("EventName"), row.GetString("RequestId"), row.GetString("ShopId"),
                row.GetString("Reason"), row.GetDateTimeOffset("ReceivedAt")!.Value);
        }
    }

    /// <summary>Projects what can be projected, and keeps it no longer. Doing it twice makes no difference.</summary>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ReplayResult> ReplayAsync(IProgress<ReplayResult>? progress, CancellationToken cancellationToken)
    {
        var result = new ReplayResult(0, 0, 0);
        // Rows are removed behind the query, which goes by keys and does not mind.
        var pages = storage.UnprojectedEvents.QueryAsync<TableEntity>(
            maxPerPage: DeliveryProcessor.BatchSize, cancellationToken: cancellationToken).AsPages();
        await foreach (var page in StoreError.Guard(pages, cancellationToken))
        {
            result += await ReplayAsync(page.Values, cancellationToken);
            progress?.Report(result);
        }

        return result;
    }

    private async Task<ReplayResult> ReplayAsync(IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        List<(TableEntity Row, QueuedEvent Event)> projectable = [];
        foreach (var row in rows)
        {
            if (await ReadAsync(row, cancellationToken) is { } e) projectable.Add((row, e));
        }

        var outcomes = await projector.ProjectAsync([.. projectable.Select(pair => pair.Event)], cancellationToken);
        var projected = 0;
        foreach (var ((row, _), outcome) in projectable.Zip(outcomes))
        {
            if (outcome is not (DeliveryOutcome.Applied or DeliveryOutcome.Duplicate)) continue;
            await StoreError.Guard(
                () => storage.UnprojectedEvents.DeleteEntityAsync(row, cancellationToken: cancellationToken), cancellationToken);
            projected++;
        }

        return new ReplayResult(projected, rows.Count - projectable.Count, projectable.Count - projected);
    }

    /// <summary>The event on its way to a projection; null when there is still none for it.</summary>
    private async Task<QueuedEvent?> ReadAsync(TableEntity row, CancellationToken cancellationToken)
    {
        var raw = RawEvent.Of(row);
        if (await payloads.ReadAsync(raw.RawBlob, raw.Raw, cancellationToken) is not { } body) return null;
        var reading = EventReader.ReadRoute(body);
        if (reading is EventReading<EventRoute>.Malformed) return null;
        var queued = EventRouter.Route(reading, body, time.GetUtcNow());
        return queued.Queue is QueueNames.UnprojectedEvents ? null : queued with
        {
            ReceivedAt = row.GetDateTimeOffset("ReceivedAt")!.Value,
            Body = raw.Raw,
            PayloadBlob = raw.RawBlob,
        };
    }
}

/// <summary>An event that is kept, and why it is not projected.</summary>
public sealed record UnprojectedEvent(string EventName, string RequestId, string? ShopId, string Reason, DateTimeOffset ReceivedAt);

/// <summary>What became of kept events.</summary>
/// <param name="Projected">Projected now, or found to be before; kept no longer.</param>
/// <param name="StillUnprojected">There is still no projection for them.</param>
/// <param name="Left">They could be projected, but the store did not take them this time.</param>
public readonly record struct ReplayResult(int Projected, int StillUnprojected, int Left)
{
    public static ReplayResult operator +(ReplayResult a, ReplayResult b) =>
        new(a.Projected + b.Projected, a.StillUnprojected + b.StillUnprojected, a.Left + b.Left);
}
