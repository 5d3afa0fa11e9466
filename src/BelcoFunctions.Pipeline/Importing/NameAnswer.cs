using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Reads names from answers of Belco's API. The forms were never seen, so all plausible ones are read: an array alone or
/// in a property, <c>id</c> or <c>_id</c>, a name in parts or whole, in <c>profile</c> or not.</summary>
internal static class NameAnswer
{
    /// <summary>The people of a list; null if the answer is not a list. Leaves out those without an id.</summary>
    public static IReadOnlyList<ReadName>? ReadList(BelcoAnswer answer, NameKind kind)
    {
        using var json = JsonDocument.Parse(answer.Json);
        return ListIn(json.RootElement, $"{NameRow.ToText(kind)}s") is not { } list ? null
            : [.. list.EnumerateArray().Select(each => Read(each, kind, answer.ReadAt)).OfType<ReadName>()];
    }

    /// <summary>One contact; null if the answer has none.</summary>
    public static ReadName? ReadContact(BelcoAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Json);
        var root = json.RootElement;
        return Read(Property(root, "contact") ?? root, NameKind.Contact, answer.ReadAt);
    }

    public static BelcoApiException NotUnderstood(string list) =>
        new(BelcoApiError.Unusable, $"Belco's answer to a request for {list} is not a list.");

    private static JsonElement? ListIn(JsonElement root, string property) =>
        root.ValueKind is JsonValueKind.Array ? root
        : Property(root, property) is { ValueKind: JsonValueKind.Array } list ? list : null;

    private static ReadName? Read(JsonElement person, NameKind kind, DateTimeOffset readAt) =>
        (IdOf(person, "_id") ?? IdOf(person, "id")) is { } id ? new ReadName(kind, id, NameOf(person), readAt) : null;

    private static string? NameOf(JsonElement person)
    {
        var profile = Property(person, "profile") ?? person;
        return FullName(profile) ?? FullName(person) ?? Text(profile, "name") ?? Text(person, "name")
            ?? Text(person, "pseudonym");
    }

    private static string? FullName(JsonElement person)
    {
        string?[] parts = [Text(person, "firstName"), Text(person, "lastName")];
        return parts.All(part => part is null) ? null : string.Join(' ', parts.OfType<string>());
    }

    /// <summary>Null if there is no text that a reader can see.</summary>
    private static string? Text(JsonElement person, string name) =>
        Property(person, name) is { ValueKind: JsonValueKind.String } value
        && JsonText.Decode(Escaped(value)) is var text && !text.IsBlank() ? text : null;

    // The same rules as for the ids of events.
    private static string? IdOf(JsonElement person, string name) =>
        Property(person, name) is { ValueKind: JsonValueKind.String } value && JsonText.TryUnescape(Escaped(value), out var text)
        && Encoding.UTF8.GetString(text) is { Length: > 0 and <= EventValidation.MaxIdLength } id ? id : null;

    private static ReadOnlySpan<byte> Escaped(JsonElement text) => JsonMarshal.GetRawUtf8Value(text)[1..^1];

    private static JsonElement? Property(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
