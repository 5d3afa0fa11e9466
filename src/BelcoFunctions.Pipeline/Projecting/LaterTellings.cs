using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Unprojected;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Decides what happens to an event whose item has a row already. The first to tell of an item wins. A later telling
/// of another webhook, or of Belco's API, is stored with the unprojected events if it says something else, and is a duplicate if
/// it says the same. A blob that no row needs is deleted.</summary>
internal sealed class LaterTellings(PipelineStorage storage, PayloadReader payloads, TimeProvider time)
{
    private const string Reason = "Another webhook or an import brought this item before, with other content.";

    private readonly UnprojectedEventStore unprojected = new(storage, payloads, time);

    /// <summary>Changes the outcome of a duplicate that tells something else, and deletes a blob that is not needed. If the
    /// store is unavailable, the event is delivered again.</summary>
    public async Task SettleAsync(PendingEvent pending, CancellationToken cancellationToken)
    {
        try
        {
            if (pending is { Outcome: DeliveryOutcome.Duplicate, Standing: { } standing }
                && await SaysElseAsync(pending.Event, standing, cancellationToken))
            {
                var kept = await unprojected.KeepAsync(
                    pending.Event, pending.ReceivedAt, pending.PayloadBlob, Reason, cancellationToken);
                // It may have been stored before. Unlike a duplicate's, its blob is needed.
                pending.Outcome = kept is DeliveryOutcome.Duplicate ? new DeliveryOutcome.Kept() : kept;
                return;
            }

            if (pending.Outcome is DeliveryOutcome.Erased)
            {
                var key = pending.PayloadBlob ?? UnprojectedRow.Key(pending.Event.Raw);
                await ForgetAsync(pending.Event.EventName, key, cancellationToken);
            }

            await DeleteUnneededBlobAsync(pending, cancellationToken);
        }
        catch (Exception exception)
        {
            pending.Outcome = exception.ToOutcome();
        }
    }

    /// <inheritdoc cref="UnprojectedEventStore.ForgetAsync"/>
    public Task ForgetAsync(string eventName, string key, CancellationToken cancellationToken) =>
        unprojected.ForgetAsync(eventName, key, cancellationToken);

    private async Task<bool> SaysElseAsync(BelcoEvent e, Telling standing, CancellationToken cancellationToken)
    {
        if (standing.IsOfSameWebhook(e)) return false;
        // A row that cannot be read may say anything else.
        var known = standing.Raw ?? await payloads.ReadAsync(standing.RawBlob, body: default, cancellationToken);
        return known is not { } body
            || EventReader.Read(body) is not EventReading<BelcoEvent>.Projectable { Event: var first }
            || !ItemContent.IsSame(first.Item, e.Item);
    }

    // A duplicate's blob may be the one that the row refers to.
    private async Task DeleteUnneededBlobAsync(PendingEvent pending, CancellationToken cancellationToken)
    {
        if (pending.PayloadBlob is not { } blob) return;
        var isUnneeded = pending.Outcome is DeliveryOutcome.Erased
            || (pending.Outcome is DeliveryOutcome.Duplicate && pending.Standing?.RawBlob != blob);
        if (isUnneeded) await payloads.DeleteAsync(blob, cancellationToken);
    }
}
