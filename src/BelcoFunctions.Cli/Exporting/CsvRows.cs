using System.Diagnostics;
using System.Globalization;
using System.Text;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using CsvHelper;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>Writes rows as CSV by RFC 4180. A cell without a value is empty; an empty text is <c>""</c>. Unless the options
/// say raw, the last column names the cells whose text was cut because it is longer than a cell may be.</summary>
internal sealed class CsvRows : IRowWriter
{
    public const string TruncatedCells = "truncatedCells";

    private static readonly NumberFormatInfo DecimalComma = new() { NumberDecimalSeparator = "," };

    private readonly CsvWriter csv;
    private readonly IReadOnlyList<RowColumn> columns;
    private readonly bool isRaw;
    private readonly NumberFormatInfo numbers;
    private readonly SpreadsheetTime? times;
    private readonly List<string> truncated = [];

    public CsvRows(Stream output, IReadOnlyList<RowColumn> columns, CsvOptions options)
    {
        (this.columns, isRaw) = (columns, options.IsRaw);
        var (separator, numbers) = options.Delimiter is CsvDelimiter.Semicolon
            ? (';', DecimalComma) : (',', NumberFormatInfo.InvariantInfo);
        this.numbers = numbers;
        times = options.TimeZone is { } zone ? new SpreadsheetTime(zone) : null;
        var writing = CsvWriterOptions.Default with
        {
            Separator = separator,
            WriteByteOrderMark = options.HasByteOrderMark,
        };
        csv = CsvWriter.Create(output, writing, leaveOpen: true);
        csv.WriteHeader([.. columns.Select(HeaderOf), .. isRaw ? (string[])[] : [TruncatedCells]]);
    }

    public ValueTask WriteAsync(IReadOnlyList<object?> row, CancellationToken cancellationToken)
    {
        truncated.Clear();
        foreach (var (column, value) in columns.Zip(row)) Write(column, value);
        if (!isRaw) csv.WriteField(truncated.Count == 0 ? null : string.Join(' ', truncated));
        return csv.EndRecordAsync(cancellationToken);
    }

    public ValueTask CompleteAsync(CancellationToken cancellationToken) => csv.FlushAsync(cancellationToken);

    private string HeaderOf(RowColumn column) =>
        column.Type is ColumnType.Time && times is not null ? times.Header(column.Name) : column.Name;

    private void Write(RowColumn column, object? value)
    {
        switch (value)
        {
            case null:
                csv.WriteField((string?)null);
                break;
            case string text:
                WriteText(column, isRaw ? text : SpreadsheetText.Harmless(text));
                break;
            case ReadOnlyMemory<byte> bytes when isRaw || bytes.Length <= SpreadsheetText.MaxLength / 2:
                // An event is a JSON object, so it is never taken for a formula.
                csv.WriteField(bytes.Span);
                break;
            case ReadOnlyMemory<byte> bytes:
                WriteText(column, Encoding.UTF8.GetString(bytes.Span));
                break;
            case DateTimeOffset time:
                csv.WriteField(times?.Format(time) ?? EventTime.ToText(time));
                break;
            case bool boolean:
                csv.WriteField(boolean ? "true" : "false");
                break;
            case IFormattable number:
                csv.WriteField(number.ToString(null, numbers));
                break;
            default:
                throw new UnreachableException($"{column.Name} has a value of an unknown type.");
        }
    }

    private void WriteText(RowColumn column, string text)
    {
        var cell = isRaw ? text : SpreadsheetText.Shorten(text);
        if (!ReferenceEquals(cell, text)) truncated.Add(column.Name);
        csv.WriteField(cell, cell.Length == 0 ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
    }
}
