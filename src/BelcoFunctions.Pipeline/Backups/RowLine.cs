using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Data.Tables;

namespace BelcoFunctions.Pipeline.Backups;

/// <summary>A row as a line of JSON. A text, a boolean and an Int32 are JSON values. A value of another type is an object with
/// the name of its type in the table service, such as <c>{"Int64":"5"}</c>. ETag and Timestamp are left out: the service sets
/// them.</summary>
internal static class RowLine
{
    private const string PartitionKey = "PartitionKey";
    private const string RowKey = "RowKey";
    private const string Columns = "Columns";

    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false };
    private static readonly HashSet<string> SetByService = ["odata.etag", "Timestamp", PartitionKey, RowKey];

    /// <exception cref="NotSupportedException">A value has a type that the table service does not have.</exception>
    public static void Write(TableEntity row, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Writing);
        json.WriteStartObject();
        json.WriteString(PartitionKey, row.PartitionKey);
        json.WriteString(RowKey, row.RowKey);
        json.WriteStartObject(Columns);
        foreach (var (name, value) in row.Where(column => column.Value is not null && !SetByService.Contains(column.Key)))
        {
            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">It is not such a line.</exception>
    public static TableEntity Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Reading);
            var json = document.RootElement;
            if (json.GetPropertyCount() != 3) throw new FormatException("It has other properties.");
            var row = new TableEntity(Text(json.GetProperty(PartitionKey)), Text(json.GetProperty(RowKey)));
            foreach (var column in json.GetProperty(Columns).EnumerateObject())
            {
                if (SetByService.Contains(column.Name)) throw new FormatException($"It has a column {column.Name}.");
                row[column.Name] = ReadValue(column.Value);
            }

            return row;
        }
        catch (Exception exception) when (exception
            is JsonException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            throw new FormatException("It is not a row.", exception);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: WriteTyped(json, "Int64", number.ToString(CultureInfo.InvariantCulture)); break;
            case double number: WriteTyped(json, "Double", number.ToString("R", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset time: WriteTyped(json, "DateTime", Text(time)); break;
            case byte[] bytes: WriteTyped(json, "Binary", Convert.ToBase64String(bytes)); break;
            case Guid id: WriteTyped(json, "Guid", id.ToString()); break;
            default: throw new NotSupportedException($"A column has the type {value.GetType()}.");
        }
    }

    private static void WriteTyped(Utf8JsonWriter json, string type, string value)
    {
        json.WriteStartObject();
        json.WriteString(type, value);
        json.WriteEndObject();
    }

    private static object ReadValue(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => Text(json),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.GetInt32(),
        JsonValueKind.Object when json.EnumerateObject().ToList() is [{ Name: var type, Value: var value }] =>
            ReadTyped(type, Text(value)),
        _ => throw new FormatException("A column has no value."),
    };

    private static object ReadTyped(string type, string value) => type switch
    {
        "Int64" => long.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
        "Double" => double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture),
        "DateTime" => new DateTimeOffset(DateTime.ParseExact(
            value, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).ToUniversalTime()),
        "Binary" => Convert.FromBase64String(value),
        "Guid" => Guid.ParseExact(value, "D"),
        _ => throw new FormatException("A column has an unknown type."),
    };

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static string Text(JsonElement json) => json.GetString() ?? throw new FormatException("A text is null.");
}
