using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Unprojected;

/// <summary>Reads the stored unprojected events with their bodies.</summary>
internal sealed class UnprojectedBodies(PipelineStorage storage, PayloadReader payloads)
{
    private const int PageRows = 50;

    private static readonly string[] Columns =
        [Column.EventName, Column.ShopId, Column.ReceivedAt, Column.PartitionKey, .. RawEvent.Columns];

    /// <summary>Each row, and its body; null if the body's blob is missing.</summary>
    /// <param name="shopId">Only events of this shop, and events that name no shop; null for all.</param>
    /// <param name="remaining">Gets the damaged rows: we cannot know which customer they belong to.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async IAsyncEnumerable<(TableEntity Row, ReadOnlyMemory<byte>? Body)> ReadAsync(
        string? shopId, RemainingRows remaining, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = storage.UnprojectedEvents.QueryAsync<TableEntity>(
            (string?)null, PageRows, Columns, cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            if (shopId is not null && row[Column.ShopId] is string { Length: > 0 } other && other != shopId) continue;
            if (RawEvent.TryRead(row) is not { } raw || row[Column.ReceivedAt] is not DateTimeOffset)
            {
                remaining.Add(row.PartitionKey, row.RowKey, GiveUpReason.DamagedRow);
                continue;
            }

            yield return (row, await payloads.ReadAsync(raw.RawBlob, raw.Raw, cancellationToken));
        }
    }
}
