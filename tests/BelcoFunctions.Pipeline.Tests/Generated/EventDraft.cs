using System.Text.Json.Nodes;

namespace BelcoFunctions.Pipeline.Tests.Generated;

/// <summary>What varies between events, to be written as Belco writes them.</summary>
internal sealed record EventDraft(
    string EventName, string ShopId, string ConversationId, string ItemId, string RequestId, DateTimeOffset At, TimeSpan Lag,
    SnapshotDraft Snapshot, ItemDraft Item)
{
    public byte[] ToUtf8() => new JsonObject
    {
        ["requestId"] = RequestId,
        ["eventName"] = EventName,
        ["date"] = EventTime.ToText(At + Lag),
        ["payload"] = new JsonObject
        {
            ["shopId"] = ShopId,
            ["conversation"] = Present(new()
            {
                ["_id"] = ConversationId,
                ["organizationId"] = Snapshot.OrganizationId,
                ["channel"] = Snapshot.Channel,
                ["type"] = Snapshot.Type,
                ["status"] = Snapshot.Status,
                ["assignedTo"] = Snapshot.AssignedTo,
                ["createdAt"] = Snapshot.CreatedAt is { } createdAt ? EventTime.ToText(createdAt) : null,
            }),
            ["conversation_item"] = Present(new()
            {
                ["_id"] = ItemId,
                ["type"] = Item.Type,
                ["body"] = Item.Body,
                ["reference"] = Item.ActorType is null ? null : new JsonObject { ["type"] = Item.ActorType, ["_id"] = "actor" },
                ["meta"] = Item.AssignedTo is null ? null : new JsonObject { ["assignedTo"] = Item.AssignedTo },
                ["createdAt"] = EventTime.ToText(At),
            }),
        },
    }.ToUtf8();

    private static JsonObject Present(JsonObject json)
    {
        foreach (var (name, value) in json.ToList())
        {
            if (value is null) json.Remove(name);
        }

        return json;
    }
}

/// <summary>A snapshot's fields; null for one that is not there.</summary>
internal sealed record SnapshotDraft(
    string? OrganizationId, string? Channel, string? Type, string? Status, string? AssignedTo, DateTimeOffset? CreatedAt);

/// <summary>An item's fields; null for one that is not there.</summary>
internal sealed record ItemDraft(string Type, string? Body, string? ActorType, string? AssignedTo);
