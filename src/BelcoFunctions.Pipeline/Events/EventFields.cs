using System.Runtime.CompilerServices;
using System.Text.Json;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Where each known field is in an event's JSON. Reads the JSON once and allocates nothing. If a name comes twice, the
/// last one wins.</summary>
internal readonly ref struct EventFields
{
    private readonly ReadOnlySpan<byte> json;
    private readonly ReadOnlySpan<JsonValue> values;

    /// <summary>Finds the fields.</summary>
    /// <param name="json">UTF-8, without a byte order mark.</param>
    /// <param name="values">An empty span, with room for one value for each field.</param>
    /// <exception cref="JsonException">Not JSON, not an object, or nested deeper than 64 levels.</exception>
    public EventFields(ReadOnlySpan<byte> json, Span<JsonValue> values)
    {
        this.json = json;
        this.values = values;
        FindAll(json, values);
    }

    public JsonTokenType TypeOf(EventField field) => values[(int)field].Type;

    public bool Has(EventField field) => TypeOf(field) is not (JsonTokenType.None or JsonTokenType.Null);

    /// <summary>The value's JSON.</summary>
    public ReadOnlySpan<byte> Json(EventField field)
    {
        var value = values[(int)field];
        return json.Slice(value.Start, value.Length);
    }

    public string? Text(EventField field) => TypeOf(field) is JsonTokenType.String ? JsonText.Decode(Json(field)[1..^1]) : null;

    public DateTimeOffset? Time(EventField field) => values[(int)field].Time is { Ticks: > 0 } time ? time : null;

    // Not in the constructor, because the JIT would inline it there, which makes this loop a third slower.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FindAll(ReadOnlySpan<byte> json, Span<JsonValue> values)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException("it is another value.");
        var parent = EventSchema.Envelope;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject)
            {
                // The reader throws if anything but white space follows the envelope, so the missing parent of the envelope
                // is never used.
                parent = parent.Parent!;
                continue;
            }

            var field = Child(parent, reader);
            reader.Read();
            if (field is null)
            {
                reader.Skip();
                continue;
            }

            var (start, type) = ((int)reader.TokenStartIndex, reader.TokenType);
            DateTime time = default;
            if (field.Type is FieldType.Object)
            {
                // A second object of the same name replaces the first and everything in it.
                values.Slice((int)field.Field + 1, field.Descendants.Length).Clear();
            }
            else if (field.Type is FieldType.Time && type is JsonTokenType.String
                && EventTime.TryParse(ref reader, out var parsed))
            {
                time = parsed.UtcDateTime;
            }

            if (field.Type is FieldType.Object && type is JsonTokenType.StartObject) parent = field;
            else reader.Skip();
            values[(int)field.Field] = new JsonValue(start, (int)reader.BytesConsumed - start, type, time);
        }
    }

    private static EventSchema? Child(EventSchema parent, scoped in Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return parent.Child(reader.ValueSpan);
        return JsonText.TryUnescape(reader.ValueSpan, out var name) ? parent.Child(name) : null;
    }

    /// <summary>A value's place in the JSON, and its time if it is one. The default value stands for a missing field.</summary>
    public readonly record struct JsonValue(int Start, int Length, JsonTokenType Type, DateTime Time);
}
