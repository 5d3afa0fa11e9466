using System.Text.Json.Nodes;

namespace BelcoFunctions.Pipeline.Tests.Documentation;

/// <summary>An event in which every field has a value. It is made from the schema, so a new field is in it too.</summary>
internal static class EveryField
{
    public static byte[] Event(string eventName, string body = "text")
    {
        var e = Value(EventSchema.Envelope)!.AsObject();
        e["eventName"] = eventName;
        var item = e["payload"]!["conversation_item"]!.AsObject();
        // Both sides of a conversation wrote once.
        item["reference"]!["type"] = eventName == EventNames.ConversationCreated ? "customer" : "user";
        item["type"] = "message";
        item["body"] = body;
        return e.ToUtf8();
    }

    private static JsonNode? Value(EventSchema field) => field.Type switch
    {
        FieldType.Object => new JsonObject(field.Descendants.Where(child => child.Parent == field).Select(child =>
            KeyValuePair.Create(child.Path.Split('.')[^1], Value(child)))),
        FieldType.Array => new JsonArray("any"),
        FieldType.Boolean => true,
        FieldType.Text or FieldType.Id => "any",
        FieldType.Time => "2025-06-11T09:15:05.095Z",
        _ => throw new InvalidOperationException($"{field.Path} has no value here."),
    };
}
