using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>Reads whole rows of an archive, in the order of their keys.</summary>
internal sealed class BackupRows(PipelineStorage storage)
{
    /// <summary>The rows of a section.</summary>
    /// <param name="after">Only the rows after this one; null for all.</param>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="AnotherVersionException"/>
    public IAsyncEnumerable<TableEntity> ReadAsync(
        BackupSection section, TableEntity? after, CancellationToken cancellationToken)
    {
        var (table, condition) = section switch
        {
            BackupSection.UnprojectedEvents => (storage.UnprojectedEvents, null),
            BackupSection.Conversations => (storage.Conversations.Client, null),
            BackupSection.Erasures => (storage.Conversations.Client, RowFilter.Erased),
            _ => throw new ArgumentOutOfRangeException(nameof(section)),
        };
        // Not one query with "or": the service would then scan the table from its beginning.
        var rows = after is null
            ? QueryAsync(table, condition, cancellationToken)
            : QueryAsync(table, And(TableClient.CreateQueryFilter(
                $"PartitionKey eq {after.PartitionKey} and RowKey gt {after.RowKey}"), condition), cancellationToken)
                .Concat(QueryAsync(table, And(
                    TableClient.CreateQueryFilter($"PartitionKey gt {after.PartitionKey}"), condition), cancellationToken));
        return rows.Select(row => row[Column.SchemaVersion] is int version && version != RowValues.SchemaVersion
            ? throw new AnotherVersionException() : row);
    }

    private static string And(string keys, string? condition) => condition is null ? keys : $"{keys} and {condition}";

    private static IAsyncEnumerable<TableEntity> QueryAsync(
        TableClient table, string? filter, CancellationToken cancellationToken) => StoreError.Guard(
            table.QueryAsync<TableEntity>(filter, RowScan.LargeRowsPage, cancellationToken: cancellationToken),
            cancellationToken);
}
