using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Sets columns within the service's limits. What has no value has no column.</summary>
internal static class RowValues
{
    /// <summary>Raised when a row's columns change their meaning.</summary>
    public const int SchemaVersion = 1;

    private static readonly string[] ServiceColumns = ["odata.etag", "Timestamp"];

    /// <summary>The columns that may go on in <c>Column2</c>, <c>Column3</c>, ….</summary>
    public static IReadOnlyList<string> LongTexts { get; } = ["Body", "Attachments"];

    /// <summary>A single column; a text that is too long for one is cut, since the raw event has it whole.</summary>
    public static void Set(this TableEntity row, string column, object? value)
    {
        if (value is null) return;
        row[column] = value is string text ? text.Truncate(TableLimits.StringLength) : value;
    }

    /// <summary>Whether two rows have the same columns with the same values, but for what the service adds.</summary>
    public static bool HasColumnsOf(this TableEntity row, TableEntity other) =>
        row.Keys.Except(ServiceColumns).Count() == other.Keys.Except(ServiceColumns).Count()
        && other.Keys.Except(ServiceColumns).All(column => Equals(row[column], other[column]));

    /// <summary>A long text, in <c>Column</c>, <c>Column2</c>, …; says whether it was cut.</summary>
    public static bool SetText(this TableEntity row, string column, string? text)
    {
        if (text is null) return false;
        var kept = text.Truncate(TableLimits.TextLength);
        foreach (var (index, part) in TextParts.Split(kept, TableLimits.StringLength).Index()) row[PartName(column, index)] = part;
        return kept.Length < text.Length;
    }

    public static string? GetText(this TableEntity row, string column) =>
        row.GetString(column) is null ? null : string.Concat(Parts(row, column).Cast<string>());

    /// <summary>Bytes, in <c>Column</c>, <c>Column2</c>, ….</summary>
    public static void SetBytes(this TableEntity row, string column, ReadOnlyMemory<byte> bytes)
    {
        for (var (start, index) = (0, 0); start < bytes.Length; start += TableLimits.BinaryLength, index++)
        {
            row[PartName(column, index)] = bytes[start..Math.Min(start + TableLimits.BinaryLength, bytes.Length)].ToArray();
        }
    }

    public static byte[]? GetBytes(this TableEntity row, string column) =>
        row.GetBinary(column) is null ? null : [.. Parts(row, column).Cast<byte[]>().SelectMany(part => part)];

    private static IEnumerable<object> Parts(TableEntity row, string column)
    {
        for (var index = 0; row.TryGetValue(PartName(column, index), out var part) && part is not null; index++) yield return part;
    }

    /// <summary>All the columns that a long text may fill.</summary>
    public static IEnumerable<string> TextPartNames(string column) =>
        // A part may be a character short, where a surrogate pair would be split.
        Enumerable.Range(0, TableLimits.TextLength / (TableLimits.StringLength - 1) + 1).Select(index => PartName(column, index));

    /// <summary>All the columns that bytes may fill: as many as a row has room for.</summary>
    public static IEnumerable<string> BytesPartNames(string column) =>
        Enumerable.Range(0, TableLimits.RowBytes / TableLimits.BinaryLength).Select(index => PartName(column, index));

    private static string PartName(string column, int index) => index == 0 ? column : column + (index + 1);
}
