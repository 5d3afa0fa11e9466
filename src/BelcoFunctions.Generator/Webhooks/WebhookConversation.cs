using System.Text.Json.Serialization;

namespace BelcoFunctions.Generator.Webhooks;

/// <summary><c>payload.conversation</c>: the conversation as Belco saw it near dispatch.</summary>
public sealed record WebhookConversation
{
    [JsonPropertyName("_id")]
    public required string Id { get; init; }

    public string? OrganizationId { get; init; }
    public string? CustomerId { get; init; }
    public string? Channel { get; init; }
    public string? Type { get; init; }
    public string? Status { get; init; }
    public string? AssignedTo { get; init; }
    public string? FirstItemId { get; init; }
    public string? LastItemId { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
}
