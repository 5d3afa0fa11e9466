using System.Runtime.CompilerServices;
using Azure.Data.Tables;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Reads rows of a shop to show or export them: many rows page by page, or one. Throws at the first row of another
/// version, even one that the condition excludes: the meaning of its columns is unknown here.</summary>
internal sealed class RowScan(ConversationTable table)
{
    /// <summary>Rows for each request if they may be large. A page has at most 4 MiB on Azure, but not in Azurite.</summary>
    public const int LargeRowsPage = 100;

    private static readonly string[] Always = [Column.RowKey, Column.SchemaVersion];

    /// <param name="keys">The range of row keys.</param>
    /// <param name="condition">A condition on columns; null for none.</param>
    /// <param name="pageRows">The most rows to request at a time; null for as many as the service returns.</param>
    /// <param name="columns">The columns to read.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="AnotherVersionException"/>
    public async IAsyncEnumerable<TableEntity> ReadAsync(string shopId, KeyRange keys, string? condition, int? pageRows,
        IEnumerable<string> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = ConversationTable.Filter(shopId, keys);
        if (condition is not null) filter += $" and (({condition}) or {RowFilter.OfAnotherVersion})";
        var rows = table.Client.QueryAsync<TableEntity>(filter, pageRows, [.. Always.Union(columns)], cancellationToken);
        await foreach (var row in StoreError.Guard(rows, cancellationToken))
        {
            yield return Known(row);
        }
    }

    /// <summary>Reads one row; null if it is not there.</summary>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    public Task<TableEntity?> FindAsync(
        string shopId, string rowKey, IEnumerable<string> columns, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var row = await table.Client.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Escape(shopId), rowKey, Always.Union(columns), cancellationToken);
            return row.HasValue ? Known(row.Value!) : null;
        }, cancellationToken);

    private static TableEntity Known(TableEntity row) =>
        DamagedRowException.Guard(row, RowValues.IsOfAnotherVersion) ? throw new AnotherVersionException() : row;
}
