using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Sets and gets columns within the service's limits. A null value gets no column.</summary>
internal static class RowValues
{
    /// <summary>The version of the rows: it rises with each change of columns, keys or fold. Rows of another version are
    /// refused.</summary>
    public const int SchemaVersion = 5;

    private static readonly string[] NotCompared = ["odata.etag", "Timestamp"];

    /// <summary>The columns that may continue in <c>Column2</c>, <c>Column3</c>, and so on.</summary>
    public static IReadOnlyList<string> LongTexts { get; } = [Column.Body, Column.Attachments];

    /// <summary>Sets one column. Text that is too long is truncated: the raw event has all of it.</summary>
    public static void Set(this TableEntity row, string column, object? value)
    {
        if (value is null) return;
        row[column] = value is string text ? text.Truncate(TableLimits.StringLength) : value;
    }

    /// <summary>A text that our code writes to every such row.</summary>
    /// <exception cref="InvalidOperationException">The row has no such column, or one of another type.</exception>
    public static string Required(this TableEntity row, string column) =>
        row.GetString(column) ?? throw new InvalidOperationException($"The column {column} is missing.");

    /// <summary>A time that our code writes to every such row.</summary>
    /// <exception cref="InvalidOperationException">The row has no such column, or one of another type.</exception>
    public static DateTimeOffset RequiredTime(this TableEntity row, string column) =>
        row.GetDateTimeOffset(column) ?? throw new InvalidOperationException($"The column {column} is missing.");

    /// <summary>Whether another version of this code wrote the row. The meaning of its columns is then unknown here.</summary>
    public static bool IsOfAnotherVersion(this TableEntity row) =>
        row.GetInt32(Column.SchemaVersion) is { } version && version != SchemaVersion;

    /// <summary>Whether two rows have the same columns and values, apart from what the service adds.</summary>
    public static bool HasColumnsOf(this TableEntity row, TableEntity other) =>
        row.Keys.Except(NotCompared).Count() == other.Keys.Except(NotCompared).Count()
        && other.Keys.Except(NotCompared).All(column => AreEqual(row[column], other[column]));

    /// <summary>Sets a long text in <c>Column</c>, <c>Column2</c>, and so on. Returns whether it was truncated.</summary>
    public static bool SetText(this TableEntity row, string column, string? text)
    {
        if (text is null) return false;
        var kept = text.Truncate(TableLimits.TextLength);
        foreach (var (index, part) in TextParts.Split(kept, TableLimits.StringLength).Index())
        {
            row[PartName(column, index)] = part;
        }
        return kept.Length < text.Length;
    }

    public static string? GetText(this TableEntity row, string column) =>
        row.GetString(column) is null ? null : string.Concat(Parts(row, column).Cast<string>());

    /// <summary>Sets bytes in <c>Column</c>, <c>Column2</c>, and so on.</summary>
    public static void SetBytes(this TableEntity row, string column, ReadOnlyMemory<byte> bytes)
    {
        for (var (start, index) = (0, 0); start < bytes.Length; start += TableLimits.BinaryLength, index++)
        {
            row[PartName(column, index)] = bytes[start..Math.Min(start + TableLimits.BinaryLength, bytes.Length)].ToArray();
        }
    }

    public static byte[]? GetBytes(this TableEntity row, string column) =>
        row.GetBinary(column) is null ? null : [.. Parts(row, column).Cast<byte[]>().SelectMany(part => part)];

    private static bool AreEqual(object? value, object? other) => value is byte[] bytes && other is byte[] otherBytes
        ? bytes.AsSpan().SequenceEqual(otherBytes) : Equals(value, other);

    private static IEnumerable<object> Parts(TableEntity row, string column)
    {
        for (var index = 0; row.TryGetValue(PartName(column, index), out var part) && part is not null; index++)
        {
            yield return part;
        }
    }

    /// <summary>All columns that a long text may fill.</summary>
    public static IEnumerable<string> TextPartNames(string column) =>
        // A part may have one character fewer, so that no surrogate pair is split.
        Enumerable.Range(0, TableLimits.TextLength / (TableLimits.StringLength - 1) + 1).Select(index => PartName(column, index));

    /// <summary>All columns that bytes may fill: as many as fit into a row.</summary>
    public static IEnumerable<string> BytesPartNames(string column) =>
        Enumerable.Range(0, TableLimits.RowBytes / TableLimits.BinaryLength).Select(index => PartName(column, index));

    private static string PartName(string column, int index) => index == 0 ? column : column + (index + 1);
}
