using System.Text.Json;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Where each known field stands in an event's JSON. One pass, nothing allocated; of duplicate names the last wins.</summary>
internal readonly ref struct EventFields
{
    /// <summary>Belco's ids have 17 characters; a key of ours has room for this many.</summary>
    public const int MaxIdLength = 128;

    private readonly ReadOnlySpan<byte> json;
    private readonly ReadOnlySpan<JsonValue> values;

    /// <summary>Finds the fields.</summary>
    /// <param name="json">UTF-8, without a byte order mark.</param>
    /// <param name="values">Room for one value a field, empty.</param>
    /// <exception cref="JsonException">Not JSON, not an object, or nested deeper than 64 levels.</exception>
    public EventFields(ReadOnlySpan<byte> json, Span<JsonValue> values)
    {
        this.json = json;
        this.values = values;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException("it is another value.");
        FindIn(EventSchema.Envelope, json, ref reader, values);
        // Anything but white space behind the object throws.
        reader.Read();
    }

    public JsonTokenType TypeOf(EventField field) => values[(int)field].Type;

    public bool Has(EventField field) => TypeOf(field) is not (JsonTokenType.None or JsonTokenType.Null);

    /// <summary>The value's JSON.</summary>
    public ReadOnlySpan<byte> Json(EventField field)
    {
        var value = values[(int)field];
        return json.Slice(value.Start, value.Length);
    }

    public string? Text(EventField field) => TypeOf(field) is JsonTokenType.String ? JsonText.Decode(Json(field)) : null;

    public DateTimeOffset? Time(EventField field) => Has(field) && EventTime.TryParse(Json(field), out var time) ? time : null;

    private static void FindIn(EventSchema parent, ReadOnlySpan<byte> json, ref Utf8JsonReader reader, Span<JsonValue> values)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var quotedName = json.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2);
            var child = parent.Child(quotedName, reader.ValueIsEscaped);
            reader.Read();
            if (child is null) reader.Skip();
            else Find(child, json, ref reader, values);
        }
    }

    private static void Find(EventSchema field, ReadOnlySpan<byte> json, ref Utf8JsonReader reader, Span<JsonValue> values)
    {
        // A second object of the same name replaces the first with all that was in it.
        values[(int)field.Field..(int)field.End].Clear();
        var start = (int)reader.TokenStartIndex;
        var type = reader.TokenType;
        if (type is JsonTokenType.StartObject && field.Type is FieldType.Object) FindIn(field, json, ref reader, values);
        else reader.Skip();
        values[(int)field.Field] = new JsonValue(start, (int)reader.BytesConsumed - start, type);
    }

    /// <summary>A value's place in the JSON; the default is a field that is not there.</summary>
    public readonly record struct JsonValue(int Start, int Length, JsonTokenType Type);
}
