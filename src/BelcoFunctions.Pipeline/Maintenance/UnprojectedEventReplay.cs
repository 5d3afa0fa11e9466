using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Unprojected;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>Projects unprojected events that this version can project, for example after an upgrade.</summary>
public sealed class UnprojectedEventReplay(
    PipelineStorage storage, Projector projector, PayloadReader payloads, TimeProvider time)
{
    /// <summary>Lists the unprojected events, ordered by event name.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async IAsyncEnumerable<UnprojectedEvent> ListAsync(
        UnprojectedSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = storage.UnprojectedEvents.QueryAsync<TableEntity>(
            selection.Filter, select: UnprojectedEvent.Columns, cancellationToken: cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            var e = UnprojectedEvent.From(row);
            if (selection.Has(e)) yield return e;
        }
    }

    /// <summary>Projects the events that can be projected, and deletes them from the table of unprojected events. Returns each
    /// event that it read, page by page, once the event has a result. Idempotent.</summary>
    /// <param name="limit">How many to project at most; null for all. Events that cannot be projected do not count.</param>
    /// <param name="cancellationToken">Cancels between two batches.</param>
    /// <exception cref="StoreUnavailableException"/>
    public IAsyncEnumerable<ReplayedEvent> ReplayAsync(
        UnprojectedSelection selection, int? limit, CancellationToken cancellationToken) =>
        ReplayAsync(selection, limit, dryRun: false, cancellationToken);

    /// <summary>Returns what <see cref="ReplayAsync(UnprojectedSelection, int?, CancellationToken)"/> would do with each event.
    /// Changes nothing.</summary>
    /// <inheritdoc cref="ReplayAsync(UnprojectedSelection, int?, CancellationToken)"/>
    public IAsyncEnumerable<ReplayedEvent> PreviewAsync(
        UnprojectedSelection selection, int? limit, CancellationToken cancellationToken) =>
        ReplayAsync(selection, limit, dryRun: true, cancellationToken);

    private async IAsyncEnumerable<ReplayedEvent> ReplayAsync(
        UnprojectedSelection selection, int? limit, bool dryRun, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var remaining = limit ?? int.MaxValue;
        // Deleting rows during the query is safe: its continuation is a key, not a position.
        var pages = storage.UnprojectedEvents.QueryAsync<TableEntity>(
            selection.Filter, DeliveryProcessor.BatchSize, cancellationToken: cancellationToken).AsPages();
        await foreach (var page in StoreError.Guard(pages, cancellationToken))
        {
            List<Candidate> candidates = [];
            List<ReplayedEvent> others = [];
            foreach (var row in page.Values)
            {
                var e = UnprojectedEvent.From(row);
                if (!selection.Has(e) || candidates.Count == remaining) continue;
                var (queued, outcome) = await ReadAsync(row, e, cancellationToken);
                if (queued is not null) candidates.Add(new Candidate(row, e, queued));
                else others.Add(new ReplayedEvent(e, outcome!));
                if (outcome is ReplayOutcome.Erased && !dryRun) await DeleteAsync(row, cancellationToken);
            }

            var outcomes = dryRun
                ? candidates.ConvertAll<ReplayOutcome>(_ => new ReplayOutcome.Projectable())
                : await ProjectAsync(candidates, cancellationToken);
            foreach (var (candidate, outcome) in candidates.Zip(outcomes)) yield return new(candidate.Event, outcome);
            foreach (var other in others) yield return other;
            remaining -= candidates.Count;
            if (remaining == 0) yield break;
        }
    }

    private async Task<List<ReplayOutcome>> ProjectAsync(
        IReadOnlyList<Candidate> candidates, CancellationToken cancellationToken)
    {
        var outcomes = await projector.ProjectAsync([.. candidates.Select(each => each.Queued)], cancellationToken);
        List<ReplayOutcome> replayed = [];
        foreach (var (candidate, outcome) in candidates.Zip(outcomes))
        {
            ReplayOutcome result = outcome switch
            {
                DeliveryOutcome.Projected => new ReplayOutcome.Projected(),
                DeliveryOutcome.Duplicate => new ReplayOutcome.Duplicate(),
                // It says something else of an item that the archive has.
                DeliveryOutcome.Kept => new ReplayOutcome.StillUnprojected(candidate.Event.Reason),
                DeliveryOutcome.Erased => new ReplayOutcome.Erased(),
                DeliveryOutcome.NeverProjectable never => new ReplayOutcome.StillUnprojected(never.Reason),
                DeliveryOutcome.RetryLater later => new ReplayOutcome.TryAgain(later.Reason),
                DeliveryOutcome.Failed failed => new ReplayOutcome.TryAgain(failed.Reason),
                _ => throw new InvalidOperationException($"No case for {outcome.GetType().Name}."),
            };
            replayed.Add(result);
            if (result is ReplayOutcome.StillUnprojected or ReplayOutcome.TryAgain) continue;
            await DeleteAsync(candidate.Row, cancellationToken);
        }

        return replayed;
    }

    private Task<Azure.Response> DeleteAsync(TableEntity row, CancellationToken cancellationToken) => StoreError.Guard(
        () => storage.UnprojectedEvents.DeleteEntityAsync(row, cancellationToken: cancellationToken), cancellationToken);

    /// <summary>The event as a queue would deliver it, or its result if it is not projected.</summary>
    private async Task<(QueuedEvent? Queued, ReplayOutcome? Outcome)> ReadAsync(
        TableEntity row, UnprojectedEvent e, CancellationToken cancellationToken)
    {
        if (RawEvent.TryRead(row) is not { } raw)
        {
            return (null, new ReplayOutcome.StillUnprojected("The row is damaged: its body cannot be read."));
        }

        if (await payloads.ReadAsync(raw.RawBlob, raw.Raw, cancellationToken) is not { } body)
        {
            // Only erasing deletes blobs: the process that erased the event was killed before it deleted the row.
            return (null, new ReplayOutcome.Erased());
        }

        // It says something else of an item that the archive has.
        if (e.EventName is EventNames.ItemImported) return (null, new ReplayOutcome.StillUnprojected(e.Reason));
        var reading = EventReader.ReadRoute(body);
        if (reading is EventReading<EventRoute>.Malformed malformed)
        {
            return (null, new ReplayOutcome.StillUnprojected(malformed.Reason));
        }

        var queued = EventRouter.Route(reading, body, time.GetUtcNow());
        if (queued.Queue is QueueNames.UnprojectedEvents) return (null, new ReplayOutcome.StillUnprojected(queued.Reason!));
        var queuedBody = raw.RawBlob is null ? raw.Raw : ClaimCheck.Create(body);
        return (queued with { ReceivedAt = e.ReceivedAt, Body = queuedBody, PayloadBlob = raw.RawBlob }, null);
    }

    private sealed record Candidate(TableEntity Row, UnprojectedEvent Event, QueuedEvent Queued);
}
