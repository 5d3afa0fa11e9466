using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Decides the outcome of an event whose blob is missing. A blob is deleted only after a row shows why: the
/// conversation is erased up to that moment, or the event's row has another body.</summary>
internal sealed class MissingPayloads(ConversationTable table)
{
    /// <exception cref="StoreUnavailableException">Also if another version of this code wrote the conversation's
    /// row.</exception>
    public async Task<DeliveryOutcome> JudgeAsync(QueuedEvent queued, CancellationToken cancellationToken)
    {
        if (ClaimCheck.Read(queued.Body) is not { } e) return DeliveryOutcome.NeverProjectable.BlobIsMissing(queued);
        // Read the event's own row first: once that is erased, the conversation's row says so.
        var row = await table.FindRawAsync(TableKeys.Escape(e.ShopId), TableKeys.Timeline(e), cancellationToken);
        if (row is not null && row.RawBlob != queued.PayloadBlob) return new DeliveryOutcome.Duplicate();
        var conversation = await table.ReadAsync(e.ShopId, e.ConversationId, cancellationToken);
        if (conversation is { IsOfAnotherVersion: true }) throw new AnotherVersionException();
        return conversation?.Erasure?.Covers(e.CreatedAt, queued.ReceivedAt) ?? false
            ? new DeliveryOutcome.Erased() : DeliveryOutcome.NeverProjectable.BlobIsMissing(queued);
    }
}
