using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Generator.Webhooks;

/// <summary>The body of a webhook, with every field that Belco's published samples have. A field that is null is left out.
/// </summary>
public sealed record WebhookBody
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new EventTimeConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Belco's server writes text as it is, not as \u escapes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public required string RequestId { get; init; }
    public required string EventName { get; init; }
    public required DateTimeOffset Date { get; init; }
    public required WebhookPayload Payload { get; init; }

    /// <summary>Reads a body.</summary>
    /// <exception cref="JsonException">It has a field that the samples do not have, or lacks one that every event has.
    /// </exception>
    public static WebhookBody Read(ReadOnlySpan<byte> body) => JsonSerializer.Deserialize<WebhookBody>(body, Json)!;

    /// <summary>The bytes to post. The same webhook always gives the same bytes.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>The body as JSON that the caller can change.</summary>
    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, Json)!.AsObject();

    /// <summary>A copy with other ids and times: another webhook, about another item of the same kind.</summary>
    public WebhookBody As(WebhookIds ids, DateTimeOffset createdAt, DateTimeOffset date) => this with
    {
        RequestId = ids.RequestId,
        Date = date,
        Payload = Payload with
        {
            ShopId = ids.ShopId,
            Conversation = Payload.Conversation with { Id = ids.ConversationId },
            Item = Payload.Item with
            {
                Id = ids.ItemId,
                ShopId = ids.ShopId,
                ConversationId = ids.ConversationId,
                CreatedAt = createdAt,
            },
        },
    };

    private sealed class EventTimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(EventTime.ToText(value));
    }
}

/// <summary><c>payload</c></summary>
public sealed record WebhookPayload
{
    public required string ShopId { get; init; }
    public required WebhookConversation Conversation { get; init; }

    [JsonPropertyName("conversation_item")]
    public required WebhookItem Item { get; init; }
}
