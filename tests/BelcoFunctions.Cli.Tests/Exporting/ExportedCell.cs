using System.Globalization;
using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Tests.Exporting;

/// <summary>The expected cell of a file for a value in the table.</summary>
internal static class ExportedCell
{
    public static void AssertIs(RowColumn column, ExportFormat format, object? value, string? cell)
    {
        switch (value)
        {
            case null:
                Assert.Null(cell);
                break;
            case string json when column.Type is ColumnType.Json && format is ExportFormat.Jsonl:
                Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(cell!)));
                break;
            case string text when format is ExportFormat.Csv:
                Assert.Equal(InCell(InCsv(text)), cell);
                break;
            case DateTimeOffset time when format is ExportFormat.Csv:
                Assert.Equal(time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), cell);
                break;
            case byte[] bytes when format is ExportFormat.Csv:
                Assert.Equal(InCell(Encoding.UTF8.GetString(bytes)), cell);
                break;
            case byte[] bytes when format is ExportFormat.Parquet:
                Assert.Equal(DuckDb.Hex(bytes), cell);
                break;
            case byte[] bytes:
                Assert.Equal(bytes, DuckDb.Utf8(cell!));
                break;
            case double number:
                Assert.Equal(number, double.Parse(cell!, CultureInfo.InvariantCulture));
                break;
            default:
                Assert.Equal(Text(value), cell);
                break;
        }
    }

    public static bool IsTooLong(object? value) => value switch
    {
        string text => InCell(InCsv(text)) != InCsv(text),
        byte[] bytes => Encoding.UTF8.GetString(bytes) is var text && InCell(text) != text,
        _ => false,
    };

    // Quotes are doubled in the file.
    private static string InCell(string text)
    {
        if (Written(text) <= 32_000) return text;
        var end = Math.Min(text.Length, 31_999);
        while (Written(text[..end]) > 31_999) end--;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";

        static int Written(string text) => text.Length + text.Count(character => character == '"');
    }

    private static string InCsv(string text) =>
        (text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..] ? "'" : "")
        + text.Replace('\0', '\uFFFD');

    private static string Text(object value) => value switch
    {
        DateTimeOffset time => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        bool boolean => boolean ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
