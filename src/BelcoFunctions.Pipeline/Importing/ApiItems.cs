using System.Collections.Frozen;
using System.Text.Json;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>Reads the items of a conversation from an answer of Belco's API. They pass the same checks as webhooks.</summary>
internal static class ApiItems
{
    private const string Name = "item";
    private const int MaxTypeLength = 30;

    private static readonly EventSchema[] Fields =
        [.. EventSchema.Envelope.Descendants.Where(field => field.Parent?.Field is EventField.Item)];

    // The samples have preSaveId, which means nothing to us.
    private static readonly FrozenSet<string> Known =
        Fields.Select(field => field.Name).Append("id").Append("preSaveId").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Null if the answer is not a list of items.</summary>
    public static IReadOnlyList<ApiItem>? Read(BelcoAnswer answer, string shopId, string conversationId, FieldNotes notes)
    {
        using var json = JsonDocument.Parse(answer.Json);
        if (ApiArray.Find(json.RootElement, "items") is not { } array) return null;
        return [.. array.EnumerateArray().Select(item => Read(item, answer.AnsweredAt, shopId, conversationId, notes))];
    }

    private static ApiItem Read(
        JsonElement json, DateTimeOffset answeredAt, string shopId, string conversationId, FieldNotes notes)
    {
        if (ApiObject.From(json, Name, notes) is not { } item) return new ApiItem.Unusable(null, "It is not an object.");
        item.NoteUnknown(Known);
        var id = item.OwnId();
        if (item.Text("type").Value is { } type && !ItemKind.IsProjected(type)) return new ApiItem.OfAnotherKind(id, Word(type));
        switch (EventReader.Read(ImportedBody.Write(shopId, conversationId, json)))
        {
            case EventReading<BelcoEvent>.Projectable { Event: var e } when EventTime.IsBelievable(e.Item.CreatedAt, answeredAt):
                NoteIgnored(e.Item, json, item);
                return new ApiItem.Writable(e);
            case EventReading<BelcoEvent>.Projectable:
                return new ApiItem.Unusable(id, "createdAt is more than 24 hours ahead.");
            case EventReading<BelcoEvent>.Malformed { Reason: var reason }:
                return new ApiItem.Unusable(id, reason.Replace(ItemPath, "", StringComparison.Ordinal));
            case var other:
                throw new InvalidOperationException($"No case for {other.GetType().Name}.");
        }
    }

    private static string ItemPath { get; } =
        Array.Find(EventSchema.Envelope.Descendants, field => field.Field is EventField.Item)!.Path + ".";

    private static void NoteIgnored(ConversationItem read, JsonElement json, in ApiObject item)
    {
        foreach (var field in read.IgnoredFields?.Split(", ") ?? [])
        {
            if (ApiProperty.Find(json, field) is { } value) item.Note(field, value);
        }
    }

    // It is shown to people, and anybody may have written it.
    private static string Word(string type) =>
        type.Length is > 0 and <= MaxTypeLength
        && type.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.') ? type : "…";
}
