using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Testing.Belco;

/// <summary>Items as the API has them, shaped like a webhook's <c>conversation_item</c>.</summary>
internal static class BelcoItem
{
    public static JsonObject CustomerMessage(string id, DateTimeOffset at, string body, string by = "customer-1") =>
        Item(id, "message", at, Reference("customer", by)).With("body", body);

    public static JsonObject AgentMessage(string id, DateTimeOffset at, string body, string by = "agent-1") =>
        Item(id, "message", at, Reference("user", by)).With("body", body).With("via", "web").With("attachments", new JsonArray());

    public static JsonObject Note(string id, DateTimeOffset at, string body, string by = "agent-1") =>
        Item(id, "note", at, Reference("user", by)).With("body", body);

    public static JsonObject Assignment(string id, DateTimeOffset at, string? to, string? from = null, string by = "agent-1") =>
        Item(id, "assignment", at, Reference("user", by))
            .With("meta", new JsonObject { ["assignedTo"] = to, ["previousUserId"] = from });

    public static JsonObject Close(string id, DateTimeOffset at, string by = "agent-1") =>
        Item(id, "close", at, Reference("user", by));

    /// <summary>A reopening by nobody.</summary>
    public static JsonObject Open(string id, DateTimeOffset at) =>
        Item(id, "open", at, new() { ["type"] = "auto" }).With("meta", new JsonObject { ["status"] = "closed" });

    public static JsonObject Tag(string id, DateTimeOffset at, string tag = "refund", string by = "agent-1") =>
        Item(id, "tag", at, Reference("user", by)).With("meta", new JsonObject { ["tag"] = tag });

    public static JsonObject Call(string id, DateTimeOffset at, string by = "customer-1") =>
        Item(id, "call", at, Reference("customer", by));

    /// <summary>An item of any type.</summary>
    public static JsonObject Item(string id, string type, DateTimeOffset at, JsonObject reference) => new()
    {
        ["_id"] = id,
        ["type"] = type,
        ["reference"] = reference,
        ["createdAt"] = EventTime.ToText(at),
        ["viaApi"] = false,
        ["updatedAt"] = EventTime.ToText(at),
    };

    private static JsonObject Reference(string type, string id) => new() { ["type"] = type, ["_id"] = id };
}
