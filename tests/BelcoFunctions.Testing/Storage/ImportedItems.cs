using System.Text;

namespace BelcoFunctions.Testing.Storage;

/// <summary>Items as import reads them from Belco's API.</summary>
internal static class ImportedItems
{
    public static readonly DateTimeOffset ReadAt = EventFactory.Start.AddDays(1);

    /// <summary>The item of a webhook, told by the API: it says the same.</summary>
    public static BelcoEvent AsImported(this byte[] webhook, Action<JsonObject>? change = null)
    {
        var payload = JsonNode.Parse(webhook)!["payload"]!;
        var item = payload["conversation_item"]!.DeepClone().AsObject();
        change?.Invoke(item);
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["eventName"] = EventNames.ItemImported,
            ["payload"] = new JsonObject
            {
                ["shopId"] = payload["shopId"]!.DeepClone(),
                ["conversation"] = new JsonObject { ["_id"] = payload["conversation"]!["_id"]!.DeepClone() },
                ["conversation_item"] = item,
            },
        }.ToJsonString()).ToEvent();
    }
}
