using System.Buffers;
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
    /// <param name="missingId">The item's id, if the API sent it only as <c>id</c>: events have <c>_id</c>.</param>
    public static ReadOnlyMemory<byte> Write(
        string shopId, string conversationId, ReadOnlySpan<byte> item, string? missingId)
    {
        var body = new ArrayBufferWriter<byte>(item.Length + 256);
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            json.WriteString("eventName", EventNames.ItemImported);
            json.WriteStartObject("payload");
            json.WriteString("shopId", shopId);
            json.WriteStartObject("conversation");
            json.WriteString("_id", conversationId);
            json.WriteEndObject();
            json.WritePropertyName("conversation_item");
            json.WriteRawValue(missingId is null ? item : WithId(item, missingId), skipInputValidation: true);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    // At the end, because the last property of a name wins.
    private static byte[] WithId(ReadOnlySpan<byte> item, string id) =>
        [.. item.TrimEnd(" \t\r\n"u8)[..^1], .. ",\"_id\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(id), (byte)'}'];
}
