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
        return ApiArray.Find(json.RootElement, $"{NameRow.ToText(kind)}s") is not { } list ? null
            : [.. list.EnumerateArray()
                .Select(each => Object(each) is { } person ? Read(person, kind, answer.ReadAt) : null).OfType<ReadName>()];
    }

    /// <summary>One contact; null if the answer has none.</summary>
    public static ReadName? ReadContact(BelcoAnswer answer)
    {
        using var json = JsonDocument.Parse(answer.Json);
        return Object(json.RootElement) is { } root
            ? Read(root.Object("contact") ?? root, NameKind.Contact, answer.ReadAt) : null;
    }

    public static BelcoApiException NotUnderstood(string list) =>
        new(BelcoApiError.Unusable, $"Belco's answer to a request for {list} is not a list.");

    private static ReadName? Read(ApiObject person, NameKind kind, DateTimeOffset readAt) =>
        person.OwnId() is { } id ? new ReadName(kind, id, NameOf(person), readAt) : null;

    private static string? NameOf(ApiObject person)
    {
        var profile = person.Object("profile") ?? person;
        return FullName(profile) ?? FullName(person) ?? Text(profile, "name") ?? Text(person, "name")
            ?? Text(person, "pseudonym");
    }

    private static string? FullName(ApiObject person)
    {
        string?[] parts = [Text(person, "firstName"), Text(person, "lastName")];
        return parts.All(part => part is null) ? null : string.Join(' ', parts.OfType<string>());
    }

    /// <summary>Null if there is no text that a reader can see.</summary>
    private static string? Text(ApiObject person, string name) =>
        person.Text(name).Value is { } text && !text.IsBlank() ? text : null;

    // The receipt does not list the fields of people, so nobody reads the notes.
    private static ApiObject? Object(JsonElement json) => ApiObject.From(json, "person", new FieldNotes());
}
