using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Reads and writes the marks of imports, one row for each shop.</summary>
public sealed class ImportMarks(ConversationTable table)
{
    private const int MaxTries = 5;

    private static readonly string[] Columns =
    [
        Column.ShopId, Column.Run, Column.StartedAt, Column.CompleteAsOf, Column.Since, Column.MissingItems,
        .. RowValues.TextPartNames(Column.Missing),
    ];

    private readonly RowScan scan = new(table);

    /// <summary>The mark of a shop; null if no import of it has succeeded yet.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="AnotherVersionException"/>
    /// <exception cref="DamagedRowException"/>
    public async Task<ImportMark?> FindAsync(string shopId, CancellationToken cancellationToken) =>
        await scan.FindAsync(shopId, TableKeys.Import, Columns, cancellationToken) is { } row ? Read(row) : null;

    /// <summary>Stores the mark of a run, unless that of a run that started later is there. If another run stores its mark at the
    /// same moment, reads the row again.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="AnotherVersionException"/>
    internal async Task StoreAsync(ImportMark mark, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await TryStoreAsync(mark, cancellationToken);
                return;
            }
            catch (StoreUnavailableException exception)
                when (exception.InnerException is RequestFailedException { Status: 409 or 412 } && tries < MaxTries)
            {
                // Another run was faster.
            }
        }
    }

    private async Task TryStoreAsync(ImportMark mark, CancellationToken cancellationToken)
    {
        var row = await scan.FindAsync(mark.ShopId, TableKeys.Import, Columns, cancellationToken);
        if (row is null)
        {
            await StoreError.Guard(() => table.Client.AddEntityAsync(ToRow(mark), cancellationToken), cancellationToken);
            return;
        }

        var last = TryRead(row);
        if (last?.StartedAt > mark.StartedAt) return;
        var carried = mark.CompleteAsOf is null ? mark with { CompleteAsOf = last?.CompleteAsOf } : mark;
        await StoreError.Guard(() => table.Client.UpdateEntityAsync(
            ToRow(carried), row.ETag, TableUpdateMode.Replace, cancellationToken), cancellationToken);
    }

    private static ImportMark? TryRead(TableEntity row)
    {
        try
        {
            return Read(row);
        }
        catch (DamagedRowException)
        {
            // The run has seen for itself what is complete. The damaged row has nothing that it needs.
            return null;
        }
    }

    private static ImportMark Read(TableEntity stored) => DamagedRowException.Guard(stored, row =>
        new ImportMark(row.Required(Column.ShopId), row.Required(Column.Run), row.RequiredTime(Column.StartedAt))
        {
            CompleteAsOf = row.GetDateTimeOffset(Column.CompleteAsOf),
            Since = row.GetDateTimeOffset(Column.Since),
            MissingItems = row.GetInt32(Column.MissingItems) ?? 0,
            Missing = row.GetText(Column.Missing) is { } json ? JsonSerializer.Deserialize<MissingItem[]>(json) ?? [] : [],
        });

    internal static TableEntity ToRow(ImportMark mark)
    {
        var row = new TableEntity(TableKeys.Escape(mark.ShopId), TableKeys.Import);
        row.Set(Column.ShopId, mark.ShopId);
        row.Set(Column.Run, mark.Run);
        row.Set(Column.StartedAt, mark.StartedAt);
        row.Set(Column.CompleteAsOf, mark.CompleteAsOf);
        row.Set(Column.Since, mark.Since);
        row.Set(Column.MissingItems, mark.MissingItems);
        row.SetText(Column.Missing, JsonSerializer.Serialize(mark.Missing.Take(ImportReceipt.MaxListed)));
        row.Set(Column.SchemaVersion, RowValues.SchemaVersion);
        return row;
    }
}
