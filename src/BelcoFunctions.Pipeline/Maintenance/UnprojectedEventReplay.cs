using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>Projects unprojected events that this version can project, for example after an upgrade.</summary>
public sealed class UnprojectedEventReplay(
    PipelineStorage storage, Projector projector, PayloadReader payloads, TimeProvider time)
{
    private static readonly string[] ListColumns = ["EventName", "RequestId", "ShopId", "Reason", "ReceivedAt"];

    /// <summary>Lists the unprojected events, ordered by event name.</summary>
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

    /// <summary>Projects the events that can be projected, and deletes them from the table of unprojected events.
    /// Idempotent.</summary>
    /// <param name="progress">Gets the totals after each batch.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ReplayResult> ReplayAsync(IProgress<ReplayResult>? progress, CancellationToken cancellationToken)
    {
        var result = new ReplayResult(0, 0, 0);
        // Deleting rows during the query is safe: its continuation is a key, not a position.
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
            if (outcome is not (DeliveryOutcome.Applied or DeliveryOutcome.Duplicate or DeliveryOutcome.Erased)) continue;
            await StoreError.Guard(
                () => storage.UnprojectedEvents.DeleteEntityAsync(row, cancellationToken: cancellationToken), cancellationToken);
            projected++;
        }

        return new ReplayResult(projected, rows.Count - projectable.Count, projectable.Count - projected);
    }

    /// <summary>The event as a queue would deliver it; null if it still cannot be projected.</summary>
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

/// <summary>An event that was stored without being projected, and the reason.</summary>
public sealed record UnprojectedEvent(
    string EventName, string RequestId, string? ShopId, string Reason, DateTimeOffset ReceivedAt);

/// <summary>The outcome of a replay.</summary>
/// <param name="Projected">Events projected or erased, now or earlier; they are no longer in the table of unprojected
/// events.</param>
/// <param name="StillUnprojected">Events that still cannot be projected.</param>
/// <param name="Left">Events that can be projected, but the store did not accept them this time.</param>
public readonly record struct ReplayResult(int Projected, int StillUnprojected, int Left)
{
    public static ReplayResult operator +(ReplayResult a, ReplayResult b) =>
        new(a.Projected + b.Projected, a.StillUnprojected + b.StillUnprojected, a.Left + b.Left);
}
