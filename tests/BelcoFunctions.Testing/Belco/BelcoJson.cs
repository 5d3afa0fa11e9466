namespace BelcoFunctions.Testing.Belco;

/// <summary>Building and changing what the API answers.</summary>
internal static class BelcoJson
{
    public static JsonObject With(this JsonObject json, string name, JsonNode? value)
    {
        json[name] = value;
        return json;
    }

    public static JsonObject Without(this JsonObject json, string name)
    {
        json.Remove(name);
        return json;
    }

    /// <summary>A copy with <c>id</c> in place of <c>_id</c>, at every depth.</summary>
    public static JsonNode WithPlainIds(this JsonNode json) => json switch
    {
        JsonObject fields => new JsonObject(fields.Select(field =>
            KeyValuePair.Create(field.Key == "_id" ? "id" : field.Key, field.Value?.WithPlainIds()))),
        JsonArray elements => new JsonArray([.. elements.Select(element => element?.WithPlainIds())]),
        _ => json.DeepClone(),
    };

    public static JsonArray ToJson(this IEnumerable<JsonNode> all) => [.. all.Select(json => json.DeepClone())];

    /// <summary>An object with this as its only field.</summary>
    public static JsonObject Under(this JsonNode json, string name) => new() { [name] = json };

    public static JsonObject? Find(this IEnumerable<JsonObject> all, string id) =>
        all.FirstOrDefault(json => (string?)(json["_id"] ?? json["id"]) == id);
}
