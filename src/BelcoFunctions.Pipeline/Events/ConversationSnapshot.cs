namespace BelcoFunctions.Pipeline.Events;

/// <summary><c>payload.conversation</c>: the conversation as Belco saw it near dispatch.</summary>
public sealed record ConversationSnapshot
{
    public required string Id { get; init; }
    public string? OrganizationId { get; init; }
    public string? CustomerId { get; init; }
    public string? Channel { get; init; }
    public string? Type { get; init; }
    public string? Status { get; init; }

    /// <summary>The assignee; null means that nobody is assigned.</summary>
    public string? AssignedTo { get; init; }

    public string? FirstItemId { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
}
