using System.Collections.Concurrent;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Unprojected;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Erases stray events, which are in no timeline: stored unprojected events, and blobs that no row refers
/// to. Also deletes the blobs that a killed import left.</summary>
internal sealed class StrayEvents(PipelineStorage storage, PayloadReader payloads, TimeProvider time)
{
    // An import writes the row of an item soon after its blob.
    private static readonly TimeSpan MaxWithoutRow = TimeSpan.FromDays(1);

    private readonly PayloadReferences named = new(storage, payloads);
    private readonly StrayConversations strayConversations = new(storage.Conversations, payloads, time);
    private readonly UnprojectedBodies unprojected = new(storage, payloads);

    /// <summary>Erases the events, or only counts them.</summary>
    /// <param name="shopId">Only events of this shop, and events that name no shop; null for all.</param>
    /// <param name="erased">Says which events are erased.</param>
    /// <param name="dryRun">True to delete nothing and only count.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ErasureReceipt> EraseAsync(
        string? shopId, ErasureLookup erased, bool dryRun, CancellationToken cancellationToken) =>
        await EraseRowsAsync(shopId, erased, dryRun, cancellationToken) +
        await EraseBlobsAsync(shopId, erased, dryRun, cancellationToken);

    private async Task<ErasureReceipt> EraseRowsAsync(
        string? shopId, ErasureLookup erased, bool dryRun, CancellationToken cancellationToken)
    {
        var receipt = new ErasureReceipt();
        // Deleting rows during the query is safe: its continuation is a key, not a position.
        await foreach (var (row, body) in unprojected.ReadAsync(shopId, erased.Remaining, cancellationToken))
        {
            // Without its blob, the event cannot be read, and we cannot know which customer it belonged to.
            var stray = body is not { } bytes ? new(StrayOutcome.Erased)
                : await JudgeAsync(bytes, (DateTimeOffset)row[Column.ReceivedAt], erased, dryRun, cancellationToken);
            receipt += ErasureReceipt.From(stray);
            // The event must stay until its conversation is erased: the event may be the only evidence of which customer the
            // conversation belongs to.
            if (stray.Outcome is not StrayOutcome.Erased) continue;
            var blob = await EraseBlobAsync(row, body, dryRun, cancellationToken);
            if (erased.CountsFirst(row.PartitionKey, row.RowKey))
            {
                receipt += new ErasureReceipt { UnprojectedEvents = 1, Blobs = blob };
            }

            if (dryRun) continue;
            await StoreError.Guard(() => storage.UnprojectedEvents.DeleteEntityAsync(
                row.PartitionKey, row.RowKey, cancellationToken: cancellationToken), cancellationToken);
        }

        return receipt;
    }

    /// <summary>Deletes a row's blob, before the row itself. If this process is killed between the two, the next run finds the
    /// row without its blob and deletes it. Returns the number of blobs.</summary>
    private async Task<int> EraseBlobAsync(
        TableEntity row, ReadOnlyMemory<byte>? body, bool dryRun, CancellationToken cancellationToken)
    {
        if (body is not { } bytes || row[Column.RawBlob] is not string blob
            || await named.IsInTimelineAsync(blob, bytes, cancellationToken)) return 0;
        if (!dryRun) await payloads.DeleteAsync(blob, cancellationToken);
        return 1;
    }

    private async Task<ErasureReceipt> EraseBlobsAsync(
        string? shopId, ErasureLookup erased, bool dryRun, CancellationToken cancellationToken)
    {
        ConcurrentBag<ErasureReceipt> receipts = [];
        var blobs = StoreError.Guard(storage.Payloads.GetBlobsAsync(cancellationToken: cancellationToken), cancellationToken);
        await storage.Conversations.Concurrency.ForEachAsync(blobs, Concurrency.StrayBlobs, async (blob, token) =>
        {
            if (await payloads.ReadAsync(blob.Name, default, token) is not { } body
                || (shopId is not null && EventStrings.From(body).ShopId is { } other && other != shopId)
                || await named.IsNamedAsync(blob.Name, body, token)) return;
            var storedAt = blob.Properties.LastModified ?? default;
            var stray = await JudgeAsync(body, storedAt, erased, dryRun, token);
            if (stray.Outcome is StrayOutcome.NotErased && IsLeftByImport(body, blob.Properties.LastModified))
            {
                stray = new(StrayOutcome.Erased);
            }

            // The event may still be in a queue, and is counted there.
            receipts.Add(ErasureReceipt.From(stray with { IsLater = false }));
            if (stray.Outcome is not StrayOutcome.Erased) return;
            if (erased.CountsFirst("", blob.Name)) receipts.Add(new ErasureReceipt { Blobs = 1 });
            if (!dryRun) await payloads.DeleteAsync(blob.Name, token);
        }, cancellationToken);
        return receipts.Aggregate(new ErasureReceipt(), (sum, each) => sum + each);
    }

    /// <summary>Whether an import that was killed left the blob. Such an item need not name its customer, so no erasure of that
    /// customer would find it. If Belco still has it, an import reads it again.</summary>
    private bool IsLeftByImport(ReadOnlyMemory<byte> body, DateTimeOffset? storedAt) =>
        storedAt < time.GetUtcNow() - MaxWithoutRow
        && EventReader.Read(body) is EventReading<BelcoEvent>.Projectable { Event.EventName: EventNames.ItemImported };

    private Task<ErasedStray> JudgeAsync(ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, ErasureLookup erased, bool dryRun,
        CancellationToken cancellationToken) => dryRun
            ? strayConversations.CountAsync(body, receivedAt, erased, cancellationToken)
            : strayConversations.EraseAsync(body, receivedAt, erased, cancellationToken);
}
