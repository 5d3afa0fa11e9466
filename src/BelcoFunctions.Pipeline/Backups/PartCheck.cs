using System.Globalization;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>Reads a file of a backup line by line, and throws if it cannot be one.</summary>
internal static class PartCheck
{
    /// <summary>The rows of a file. Their keys must rise, as they do in a table.</summary>
    /// <exception cref="BackupException"/>
    public static async IAsyncEnumerable<TableEntity> ReadRowsAsync(PartReader reader, PartName name)
    {
        TableEntity? last = null;
        await foreach (var row in ReadAsync(reader, name, RowLine.Read))
        {
            if (row.TryGetValue(Column.SchemaVersion, out var value) && value is int version
                && version != RowValues.SchemaVersion) throw Damaged(name, "A row has another SchemaVersion than the manifest.");
            if (last is not null && Compare(last, row) >= 0) throw Damaged(name, "Its rows are not in order.");
            yield return last = row;
        }
    }

    /// <exception cref="BackupException"/>
    public static IAsyncEnumerable<PayloadLine> ReadPayloadsAsync(PartReader reader, PartName name) =>
        ReadAsync(reader, name, PayloadLine.Read);

    public static BackupException Damaged(PartName name, string reason, Exception? inner = null) =>
        new($"The file {name} of the backup is damaged. {reason} Use another backup.", inner);

    private static async IAsyncEnumerable<T> ReadAsync<T>(
        PartReader reader, PartName name, Func<ReadOnlyMemory<byte>, T> read)
    {
        await using var lines = reader.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        for (var number = 1L; ; number++)
        {
            T value;
            try
            {
                if (!await lines.MoveNextAsync()) yield break;
                value = read(lines.Current);
            }
            catch (FormatException exception)
            {
                throw Damaged(name, string.Create(CultureInfo.InvariantCulture,
                    $"Line {number} cannot be read: {exception.Message}"), exception);
            }

            yield return value;
        }
    }

    private static int Compare(TableEntity first, TableEntity second) =>
        string.CompareOrdinal(first.PartitionKey, second.PartitionKey) is not 0 and var order
            ? order : string.CompareOrdinal(first.RowKey, second.RowKey);
}
