using System.Diagnostics;
using System.Globalization;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using CsvHelper;

namespace BelcoFunctions.Local.Exporting;

/// <summary>Writes rows as CSV by RFC 4180. Without a value, a cell is empty; with an empty text it is <c>""</c>.</summary>
internal sealed class CsvRows : IRowWriter
{
    private static readonly NumberFormatInfo DecimalComma = new() { NumberDecimalSeparator = "," };

    private readonly CsvWriter csv;
    private readonly IReadOnlyList<RowColumn> columns;
    private readonly bool isRaw;
    private readonly NumberFormatInfo numbers;

    /// <param name="output">Gets the file.</param>
    /// <param name="columns">What a row has.</param>
    /// <param name="delimiter">What is between cells.</param>
    /// <param name="hasByteOrderMark">Excel takes a file without it for one in the code page of the machine.</param>
    /// <param name="isRaw">Whether texts are written as they are, also those that a spreadsheet would take for a formula.</param>
    public CsvRows(
        Stream output, IReadOnlyList<RowColumn> columns, CsvDelimiter delimiter, bool hasByteOrderMark, bool isRaw)
    {
        (this.columns, this.isRaw) = (columns, isRaw);
        var (separator, numbers) = delimiter is CsvDelimiter.Semicolon
            ? (';', DecimalComma) : (',', NumberFormatInfo.InvariantInfo);
        this.numbers = numbers;
        var options = CsvWriterOptions.Default with { Separator = separator, WriteByteOrderMark = hasByteOrderMark };
        csv = CsvWriter.Create(output, options, leaveOpen: true);
        csv.WriteHeader([.. columns.Select(column => column.Name)]);
    }

    public ValueTask WriteAsync(IReadOnlyList<object?> row, CancellationToken cancellationToken)
    {
        foreach (var (column, value) in columns.Zip(row)) Write(column, value);
        return csv.EndRecordAsync(cancellationToken);
    }

    public ValueTask CompleteAsync(CancellationToken cancellationToken) => csv.FlushAsync(cancellationToken);

    private void Write(RowColumn column, object? value)
    {
        switch (value)
        {
            case null:
                csv.WriteField((string?)null);
                break;
            case string text:
                var safe = isRaw ? text : SpreadsheetText.Harmless(text);
                csv.WriteField(safe, safe.Length == 0 ? CsvQuoting.Always : CsvQuoting.WhenNeeded);
                break;
            case ReadOnlyMemory<byte> bytes:
                // An event is a JSON object, so it is never taken for a formula.
                csv.WriteField(bytes.Span);
                break;
            case DateTimeOffset time:
                csv.WriteField(EventTime.ToText(time));
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
}
