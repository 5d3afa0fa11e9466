using System.Globalization;
using Azure.Data.Tables;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Judging;

/// <summary>A row as text, to compare it with another.</summary>
internal static class RowText
{
    public static string Format(StoredRow row) => Format(row, _ => true);

    /// <summary>The row with some of its columns.</summary>
    public static string Format(StoredRow row, Func<string, bool> isCompared) =>
        Format(row.Columns!.Where(column => isCompared(column.Name)).Select(column => (column.Name, column.Value)));

    public static string Format(TableEntity row) => Format(row
        .Where(column => column.Key is not ("PartitionKey" or "RowKey" or "odata.etag" or "Timestamp")
            && column.Value is not null)
        .Select(column => (column.Key, column.Value)));

    private static string Format(IEnumerable<(string Name, object Value)> columns) => string.Join('\n', columns
        .OrderBy(column => column.Name, StringComparer.Ordinal).Select(column => $"{column.Name}: {Text(column.Value)}"));

    private static string Text(object value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        DateTimeOffset time => EventTime.ToText(time),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
