using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>The body that import stores of an item: of the form of a webhook's, so that the same checks, the same fold and the
/// same erasing hold for it. It has nothing but the item and its place, so the same item always has the same body.</summary>
internal static class ImportedBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="shopId">The shop.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="item">The JSON object as the API sent it.</param>
    public static ReadOnlyMemory<byte> Write(string shopId, string conversationId, JsonElement item)
    {
        var json = WithUnderscores(item);
        var body = new ArrayBufferWriter<byte>(json.Length + 256);
        using (var writer = new Utf8JsonWriter(body, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("eventName", EventNames.ItemImported);
            writer.WriteStartObject("payload");
            writer.WriteString("shopId", shopId);
            writer.WriteStartObject("conversation");
            writer.WriteString("_id", conversationId);
            writer.WriteEndObject();
            writer.WritePropertyName("conversation_item");
            writer.WriteRawValue(json, skipInputValidation: true);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    /// <summary>The bytes as they came. If Belco wrote <c>id</c> where events have <c>_id</c>, that is added at the end: the last
    /// property of a name wins.</summary>
    private static ReadOnlySpan<byte> WithUnderscores(JsonElement item)
    {
        var json = WithUnderscore(item);
        if (ApiProperty.Find(item, "reference") is not { ValueKind: JsonValueKind.Object } reference) return json;
        var added = WithUnderscore(reference);
        return added.Length == JsonMarshal.GetRawUtf8Value(reference).Length
            ? json : (byte[])[.. json[..^1], .. ",\"reference\":"u8, .. added, (byte)'}'];
    }

    private static ReadOnlySpan<byte> WithUnderscore(JsonElement element)
    {
        var json = JsonMarshal.GetRawUtf8Value(element);
        return ApiProperty.Find(element, "_id") is { ValueKind: JsonValueKind.String }
            || ApiProperty.Find(element, "id") is not { ValueKind: JsonValueKind.String } id
            ? json : (byte[])[.. json[..^1], .. ",\"_id\":"u8, .. JsonMarshal.GetRawUtf8Value(id), (byte)'}'];
    }
}
