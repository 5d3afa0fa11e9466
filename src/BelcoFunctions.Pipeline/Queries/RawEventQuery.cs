using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Reads an event as Belco sent it, from its timeline row or from its blob.</summary>
public sealed class RawEventQuery(ConversationTable table, PayloadReader payloads)
{
    private readonly RowScan rows = new(table);

    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="AnotherVersionException"/>
    /// <exception cref="DamagedRowException"/>
    public async Task<RawEventResult> ReadAsync(ItemIdentity e, CancellationToken cancellationToken) =>
        await rows.FindAsync(e.ShopId, TableKeys.Timeline(e), RawEvent.Columns, cancellationToken) is { } row
            ? await ReadAsync(row, payloads, cancellationToken) : new RawEventResult.NotFound();

    /// <summary>The raw event of a row.</summary>
    internal static async Task<RawEventResult> ReadAsync(
        TableEntity row, PayloadReader payloads, CancellationToken cancellationToken)
    {
        var stored = RawEvent.Read(row);
        return await payloads.ReadAsync(stored.RawBlob, stored.Raw, cancellationToken) is { } body
            ? new RawEventResult.Found(body) : new RawEventResult.BlobMissing(stored.RawBlob!);
    }
}
