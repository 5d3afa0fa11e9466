using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Tells whether a row still refers to a blob. A blob's name is the hash of its body. Only two rows can refer to it,
/// and their keys follow from the body too: the timeline row, and the row of an unprojected event. An event that was sent twice
/// with different bodies has one timeline row, which refers to one of the two blobs.</summary>
internal sealed class PayloadReferences(PipelineStorage storage, PayloadReader payloads)
{
    private static readonly string[] KeyOnly = [Column.RowKey];

    /// <summary>Deletes the blob of an erased event, unless a row refers to it.</summary>
    /// <param name="blob">Null if the event has none.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task DeleteUnlessNamedAsync(string? blob, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (blob is null || await IsNamedAsync(blob, body, cancellationToken)) return;
        await payloads.DeleteAsync(blob, cancellationToken);
    }

    /// <summary>Whether a row refers to the blob.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<bool> IsNamedAsync(string blob, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        EventReader.Read(body) switch
        {
            EventReading<BelcoEvent>.Projectable { Event: var e } => IsNamedAsync(e, blob, cancellationToken),
            EventReading<BelcoEvent>.Unprojectable e => IsUnprojectedAsync(e.EventName, blob, cancellationToken),
            _ => Task.FromResult(false),
        };

    /// <summary>Whether the event's timeline row refers to the blob.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<bool> IsInTimelineAsync(string blob, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        EventReader.Read(body) is EventReading<BelcoEvent>.Projectable { Event: var e }
        && await IsInTimelineAsync(e, blob, cancellationToken);

    private async Task<bool> IsNamedAsync(BelcoEvent e, string blob, CancellationToken cancellationToken) =>
        await IsInTimelineAsync(e, blob, cancellationToken)
        || await IsUnprojectedAsync(e.EventName, blob, cancellationToken);

    private async Task<bool> IsInTimelineAsync(BelcoEvent e, string blob, CancellationToken cancellationToken) =>
        await storage.Conversations.FindRawAsync(TableKeys.Escape(e.ShopId), TableKeys.Timeline(e.Identity), cancellationToken)
            is { RawBlob: var named } && named == blob;

    /// <summary>Whether the row of an unprojected event refers to the blob.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<bool> IsUnprojectedAsync(string eventName, string blob, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var row = await storage.UnprojectedEvents.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Escape(eventName), blob, KeyOnly, cancellationToken);
            return row.HasValue;
        }, cancellationToken);
}
