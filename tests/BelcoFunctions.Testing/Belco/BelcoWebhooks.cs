namespace BelcoFunctions.Testing.Belco;

/// <summary>The webhooks of an account.</summary>
internal sealed class BelcoWebhooks
{
    /// <summary>As they are answered.</summary>
    public List<JsonObject> All { get; } = [];

    /// <summary>The field that tells whether one is paused. Its name and values are not known.</summary>
    public string StateField { get; set; } = "status";

    /// <summary>The answer; null for 404, and a text for a request that is refused.</summary>
    public JsonNode? Answer(BelcoRequest request) => (request.Method, request.Path) switch
    {
        ("GET", ["webhooks"]) => All.ToJson(),
        ("GET", ["webhooks", var id]) => All.Find(id)?.DeepClone(),
        ("POST", ["webhooks"]) => Create(request.Body),
        ("DELETE", ["webhooks", var id]) => Delete(id),
        ("PUT", ["webhooks", var id, "activate"]) => Change(id, "active"),
        ("PUT", ["webhooks", var id, "deactivate"]) => Change(id, "inactive"),
        _ => null,
    };

    private JsonNode Create(JsonObject? body)
    {
        if (body is null || !body.ContainsKey("shopId") || !body.ContainsKey("url") || body["events"] is not JsonArray)
            return "A webhook needs shopId, url and events.";
        var webhook = body.DeepClone().AsObject().With("_id", $"webhook-{All.Count + 1}").With(StateField, "active");
        All.Add(webhook);
        return webhook.DeepClone();
    }

    private JsonObject? Delete(string id) => All.Find(id) is { } webhook && All.Remove(webhook) ? [] : null;

    private JsonNode? Change(string id, string state) => All.Find(id)?.With(StateField, state).DeepClone();
}
