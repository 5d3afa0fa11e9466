using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>An object in an answer of Belco's API, read leniently: a value of another type than expected says nothing, and is
/// noted.</summary>
internal readonly struct ApiObject
{
    private readonly JsonElement json;
    private readonly string name;
    private readonly FieldNotes notes;

    private ApiObject(JsonElement json, string name, FieldNotes notes) =>
        (this.json, this.name, this.notes) = (json, name, notes);

    /// <summary>Null if the value is not an object.</summary>
    /// <param name="json">The value.</param>
    /// <param name="name">What to call the object in notes.</param>
    /// <param name="notes">Gets what is not understood.</param>
    public static ApiObject? From(JsonElement json, string name, FieldNotes notes) =>
        json.ValueKind is JsonValueKind.Object ? new ApiObject(json, name, notes) : null;

    /// <summary>The object's own id. Belco writes <c>_id</c> or <c>id</c>.</summary>
    public string? OwnId() => Id("_id").Value ?? Id("id").Value;

    public ApiField<string> Id(string field) => Read<string>(field, value =>
        EventValidation.IdError(Raw(value)[1..^1]) is null ? JsonText.Decode(Raw(value)[1..^1]) : null);

    public ApiField<string> Text(string field) => Read<string>(field, value => JsonText.Decode(Raw(value)[1..^1]));

    public ApiField<DateTimeOffset?> Time(string field) => Read<DateTimeOffset?>(field, value =>
    {
        var reader = new Utf8JsonReader(Raw(value));
        reader.Read();
        return EventTime.TryParse(ref reader, out var time) ? time : null;
    });

    /// <summary>The object that a field has; null if it has another value.</summary>
    public ApiObject? Object(string field) =>
        ApiProperty.Find(json, field) is { } value ? From(value, $"{name}.{field}", notes) : null;

    public void NoteUnknown(FrozenSet<string> known)
    {
        foreach (var property in json.EnumerateObject())
        {
            var field = ApiProperty.NameOf(property);
            if (!known.Contains(field)) Note(field, property.Value);
        }
    }

    public void Note(string field, JsonElement value) => notes.Add(name, field, value);

    private ApiField<T> Read<T>(string field, Func<JsonElement, T?> read)
    {
        if (ApiProperty.Find(json, field) is not { } value) return default;
        if (value.ValueKind is JsonValueKind.Null) return new(IsNamed: true, default);
        if (value.ValueKind is JsonValueKind.String && read(value) is { } found) return new(IsNamed: true, found);
        Note(field, value);
        return default;
    }

    private static ReadOnlySpan<byte> Raw(JsonElement value) => JsonMarshal.GetRawUtf8Value(value);
}

/// <summary>A field of an <see cref="ApiObject"/>.</summary>
/// <param name="IsNamed">False if there is no such field, or its value is not understood: it then says nothing.</param>
/// <param name="Value">Its value; null if Belco says null.</param>
internal readonly record struct ApiField<T>(bool IsNamed, T? Value)
{
    /// <summary>What the field says of a register.</summary>
    public ReadField<T>? At(DateTimeOffset readAt) => IsNamed ? new ReadField<T>(Value, readAt) : null;
}
