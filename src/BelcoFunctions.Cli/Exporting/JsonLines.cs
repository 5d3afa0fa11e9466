using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>Writes each row as a JSON object on its own line, with the names and values of the read API. A line break in a
/// text is escaped.</summary>
internal sealed class JsonLines(Stream output, IReadOnlyList<RowColumn> columns) : IRowWriter
{
    private const int BufferBytes = 64 * 1024;

    private static readonly JsonWriterOptions Options = new()
    {
        // The output goes to a file, never into a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> buffer = new();

    public ValueTask WriteAsync(IReadOnlyList<object?> row, CancellationToken cancellationToken)
    {
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            foreach (var (column, value) in columns.Zip(row)) Write(json, column, value);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenCount >= BufferBytes ? CompleteAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
        buffer.ResetWrittenCount();
    }

    private static void Write(Utf8JsonWriter json, RowColumn column, object? value)
    {
        if (value is null) return;
        json.WritePropertyName(column.Name);
        switch (value)
        {
            case string text when column.Type is ColumnType.Json:
                // Write the JSON again, as the read API does: the stored text may have line breaks.
                using (var parsed = JsonDocument.Parse(text)) parsed.RootElement.WriteTo(json);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case ReadOnlyMemory<byte> bytes:
                json.WriteStringValue(bytes.Span);
                break;
            case DateTimeOffset time:
                json.WriteStringValue(EventTime.ToText(time));
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case bool boolean:
                json.WriteBooleanValue(boolean);
                break;
            default:
                throw new UnreachableException($"{column.Name} has a value of an unknown type.");
        }
    }
}
