using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Testing.Belco;

/// <summary>A conversation as the API has it. Tests may change its fields and items in any way.</summary>
/// <param name="id">Its id in paths.</param>
/// <param name="fields">Its fields, without those that show an item.</param>
internal sealed class BelcoConversation(string id, JsonObject fields)
{
    private static readonly string[] ShownOfAnItem = ["_id", "id", "type", "body", "via", "reference"];

    public string Id => id;

    public JsonObject Fields => fields;

    /// <summary>In the order in which they are answered.</summary>
    public List<JsonObject> Items { get; } = [];

    /// <summary>Whether it has <c>id</c> in place of <c>_id</c>.</summary>
    public bool HasPlainIds { get; set; }

    /// <summary>An open conversation of the channel chat, without an item.</summary>
    public static BelcoConversation Create(
        string id, string shopId, DateTimeOffset createdAt, string customerId = "customer-1") =>
        new(id, new()
        {
            ["_id"] = id,
            ["shopId"] = shopId,
            ["channel"] = "chat",
            ["type"] = "inbound-message",
            ["status"] = "open",
            ["assignedTo"] = null,
            ["customerId"] = customerId,
            ["createdAt"] = EventTime.ToText(createdAt),
            ["subject"] = null,
        });

    /// <summary>Adds an item, with what it does to the conversation.</summary>
    public BelcoConversation Add(JsonObject item)
    {
        item.TryAdd("shopId", fields["shopId"]?.DeepClone());
        item.TryAdd("conversationId", id);
        Items.Add(item);
        switch ((string?)item["type"])
        {
            case "close": fields["status"] = "closed"; break;
            case "open": fields["status"] = "open"; break;
            case "assignment": fields["assignedTo"] = item["meta"]?["assignedTo"]?.DeepClone(); break;
        }

        return this;
    }

    /// <summary>What a list and the conversation's own path answer.</summary>
    public JsonNode ToJson()
    {
        var json = fields.DeepClone().AsObject();
        Show("firstItem", Items.FirstOrDefault());
        Show("lastItem", Items.LastOrDefault());
        Show("lastMessage", Items.LastOrDefault(item => (string?)item["type"] == "message"));
        return HasPlainIds ? json.WithPlainIds() : json;

        void Show(string name, JsonObject? item)
        {
            if (item is null) return;
            json[name] = new JsonObject(item.Where(field => ShownOfAnItem.Contains(field.Key))
                .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        }
    }

    /// <summary>What the path of its items answers.</summary>
    public JsonNode ItemsToJson() => HasPlainIds ? Items.ToJson().WithPlainIds() : Items.ToJson();
}
