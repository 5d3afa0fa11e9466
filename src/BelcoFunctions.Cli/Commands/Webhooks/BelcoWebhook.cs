using System.Text.Json;
using System.Text.Json.Nodes;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary>A webhook, as Belco's API tells of it.</summary>
/// <param name="Id">Names the webhook to Belco.</param>
/// <param name="Shown">All fields, without keys.</param>
internal sealed record BelcoWebhook(string Id, JsonObject Shown)
{
    private static readonly string[] KnownFields = ["_id", "id", "shopId", "url", "events"];

    public string? ShopId => Text("shopId");

    /// <summary>The receiver, without the function's key.</summary>
    public string? Url => Text("url");

    public string Events => Shown["events"] is JsonArray events ? string.Join(", ", events.Select(Text)) : Text("events") ?? "–";

    /// <summary>The fields that we do not know, like <c>active: false</c>. One of them may say that Belco paused the
    /// webhook.</summary>
    public string Other => string.Join("; ", Shown.Where(each => !KnownFields.Contains(each.Key))
        .Select(each => $"{each.Key}: {Text(each.Value)}"));

    public bool IsOf(string shopId, Uri receiver) => ShopId == shopId
        && WebAddress.Parse(Url) is { } url && ReceiverUrl.WithoutKey(url) == ReceiverUrl.WithoutKey(receiver);

    /// <summary>Reads one webhook. Null if it is none.</summary>
    public static BelcoWebhook? Read(JsonElement webhook) =>
        WithoutKeys.Json(webhook) is JsonObject shown && (IdIn(shown, "_id") ?? IdIn(shown, "id")) is { } id
            ? new BelcoWebhook(id, shown) : null;

    /// <summary>Reads a bare array, or one in a field <c>webhooks</c>. Null if the form is another.</summary>
    public static IReadOnlyList<BelcoWebhook>? ReadList(JsonElement answer)
    {
        if (ApiArray.Find(answer, "webhooks") is not { } list) return null;
        List<BelcoWebhook> webhooks = [];
        foreach (var element in list.EnumerateArray())
        {
            if (Read(element) is not { } webhook) return null;
            webhooks.Add(webhook);
        }

        return webhooks;
    }

    private static string? IdIn(JsonObject shown, string name) =>
        shown[name] is JsonValue value && value.TryGetValue(out string? id) && id.Length > 0 ? id : null;

    private string? Text(string name) => Shown[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static string Text(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue text when text.TryGetValue(out string? known) => known,
        _ => ListOutput.Line(value),
    };
}
