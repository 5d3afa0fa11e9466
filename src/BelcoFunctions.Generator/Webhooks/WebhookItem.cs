using System.Text.Json.Serialization;

namespace BelcoFunctions.Generator.Webhooks;

/// <summary><c>payload.conversation_item</c>: what happened.</summary>
public sealed record WebhookItem
{
    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    public required string Type { get; init; }
    public string? Via { get; init; }
    public string? Body { get; init; }
    public IReadOnlyList<WebhookAttachment>? Attachments { get; init; }
    public WebhookReference? Reference { get; init; }
    public WebhookMeta? Meta { get; init; }
    public string? PageUrl { get; init; }
    public string? PageTitle { get; init; }
    public string? PageReferrer { get; init; }
    public string? PreSaveId { get; init; }
    public string? ShopId { get; init; }
    public string? ConversationId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public bool? ViaApi { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }
}

/// <summary><c>reference</c>: who did it.</summary>
/// <param name="Type"><c>user</c>, <c>customer</c>, <c>contact</c> or <c>auto</c>.</param>
/// <param name="Id">Null for <c>auto</c>.</param>
public sealed record WebhookReference(string Type, [property: JsonPropertyName("_id")] string? Id = null);

/// <summary><c>meta</c>: the details of an assignment or of a reopening.</summary>
public sealed record WebhookMeta
{
    public string? AssignedTo { get; init; }
    public string? PreviousUserId { get; init; }
    public string? Status { get; init; }
}

/// <summary>A file attached to a message. The samples have none, so its fields are a guess.</summary>
public sealed record WebhookAttachment
{
    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    public required string Name { get; init; }
    public required string Type { get; init; }
    public required int Size { get; init; }
    public required string Url { get; init; }
}
