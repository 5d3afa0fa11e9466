using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BelcoFunctions.Cli.Belco;

namespace BelcoFunctions.Cli.Commands.Webhooks;

/// <summary>What Belco answers, without the parts that a terminal or a log must not have: the queries of URLs, where the
/// function's key is, the values of fields that are named like secrets, and the token for Belco.</summary>
internal static partial class WithoutKeys
{
    private const string Unreadable = "\uFFFD";

    private static readonly string[] Secrets = ["secret", "token", "password", "key", "signature", "authorization"];

    /// <summary>The text with each URL cut before its query, and without a user name.</summary>
    public static string Text(string text) => User.Replace(Query.Replace(BelcoToken.Hide(text), "$1"), "$1");

    /// <summary>An answer that may be JSON or any other text, such as a web page. Null if it says nothing.</summary>
    public static JsonNode? Answer(string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text);
            return Json(answer.RootElement);
        }
        catch (JsonException)
        {
            return string.IsNullOrWhiteSpace(text) ? null : JsonValue.Create(Text(text));
        }
    }

    /// <summary>Of names that occur twice, the last counts.</summary>
    public static JsonNode? Json(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var properties = new JsonObject();
                foreach (var property in value.EnumerateObject())
                {
                    var name = BelcoToken.Hide(Read(() => property.Name));
                    properties[name] = IsSecret(name, property.Value) ? "(not shown)" : Json(property.Value);
                }

                return properties;
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(Json)]);
            case JsonValueKind.String:
                return JsonValue.Create(Text(Read(() => value.GetString()!)));
            default:
                return JsonNode.Parse(value.GetRawText());
        }
    }

    private static bool IsSecret(string name, JsonElement value) =>
        value.ValueKind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null)
        && Secrets.Any(secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase));

    // JSON may have half a surrogate pair, which no string of .NET's reader can hold.
    private static string Read(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return Unreadable;
        }
    }

    // The query or fragment of a URL, or of a part of one.
    [GeneratedRegex("""(https?://[^\s"'<>?#]*)[?#][^\s"'<>]*|\?[\w.-]+=[^\s"'<>]*""", RegexOptions.IgnoreCase)]
    private static partial Regex Query { get; }

    [GeneratedRegex(@"(https?://)[^\s/@]*@", RegexOptions.IgnoreCase)]
    private static partial Regex User { get; }
}
