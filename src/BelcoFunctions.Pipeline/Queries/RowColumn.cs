using System.Text.Json;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>A column of the read API and of exports.</summary>
public sealed class RowColumn
{
    private readonly Func<TableEntity, object?> read;

    private RowColumn(string name, ColumnType type, IReadOnlyList<string> stored, Func<TableEntity, object?> read) =>
        (Name, Type, Stored, this.read) = (name, type, stored, read);

    /// <summary>The name in camelCase.</summary>
    public string Name { get; }

    public ColumnType Type { get; }

    /// <summary>The columns of the table that hold the value.</summary>
    internal IReadOnlyList<string> Stored { get; }

    /// <summary>A text that an export adds to the values of a row.</summary>
    public static RowColumn Added(string name) => new(name, ColumnType.Text, [], _ => null);

    /// <summary>A column whose value is read from the table.</summary>
    internal static RowColumn Create(string column, ColumnType type)
    {
        var isLong = RowValues.LongTexts.Contains(column);
        return new RowColumn(
            JsonNamingPolicy.CamelCase.ConvertName(column), type,
            isLong ? [.. RowValues.TextPartNames(column)] : [column],
            type switch
            {
                ColumnType.Text when isLong => row => row.GetText(column),
                ColumnType.Text => row => row.GetString(column),
                ColumnType.Time => row => row.GetDateTimeOffset(column),
                ColumnType.WholeNumber => row => row.GetInt32(column),
                ColumnType.Boolean => row => row.GetBoolean(column),
                ColumnType.Json => row => ReadJson(row.GetText(column)),
                _ => throw new ArgumentOutOfRangeException(nameof(type)),
            });
    }

    /// <summary>A number that is computed from columns of the table.</summary>
    internal static RowColumn Computed(string name, IReadOnlyList<string> stored, Func<TableEntity, double?> read) =>
        new(name, ColumnType.Number, stored, row => read(row));

    /// <summary>The bytes of an event. The caller reads them, because they may be in a blob.</summary>
    internal static RowColumn Bytes(string name) => new(name, ColumnType.Bytes, RawEvent.Columns, _ => null);

    /// <summary>The values of a row: text and JSON as string, otherwise DateTimeOffset, int, double or bool; null if there is
    /// no value.</summary>
    /// <exception cref="DamagedRowException"/>
    internal static object?[] Read(IReadOnlyList<RowColumn> columns, TableEntity row) =>
        DamagedRowException.Guard<object?[]>(row, _ => [.. columns.Select(column => column.read(row))]);

    private static string? ReadJson(string? text)
    {
        if (text is not null) JsonDocument.Parse(text).Dispose();
        return text;
    }
}

/// <summary>The type of a column's values.</summary>
public enum ColumnType { Text, Time, WholeNumber, Number, Boolean, Json, Bytes }
