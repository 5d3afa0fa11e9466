using System.Text;

namespace BelcoFunctions.Testing;

/// <summary>Belco's six published samples, as they are or with some fields changed.</summary>
internal static class PayloadFiles
{
    public const string ShopId = "G4ag3eGyiKibrGcM7";
    public const string ConversationId = "sSzxq7tMBFmCY28o8";

    /// <summary>The event names in the order in which things happened.</summary>
    public static IReadOnlyList<string> Names => EventNames.Projected;

    public static byte[] Read(string eventName) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Payloads", eventName + ".json"));

    /// <summary>A sample as JSON to change.</summary>
    public static JsonObject Parse(string eventName) => JsonNode.Parse(Read(eventName))!.AsObject();

    /// <summary>A sample in another shop, so that tests do not meet in one table.</summary>
    public static byte[] InShop(string eventName, string shopId)
    {
        var e = Parse(eventName);
        e["payload"]!["shopId"] = shopId;
        e["payload"]!["conversation_item"]!["shopId"] = shopId;
        return e.ToUtf8();
    }

    public static byte[] ToUtf8(this JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    public static BelcoEvent ToEvent(this byte[] body) => ((EventReading<BelcoEvent>.Projectable)EventReader.Read(body)).Event;
}
