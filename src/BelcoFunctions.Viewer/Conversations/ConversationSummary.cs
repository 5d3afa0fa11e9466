namespace BelcoFunctions.Viewer.Conversations;

/// <summary>The columns of a conversation that the pages show, under the names of the read API.</summary>
public sealed record ConversationSummary(string ShopId, string ConversationId)
{
    public string? OrganizationId { get; init; }
    public string? CustomerId { get; init; }
    public string? Channel { get; init; }
    public string? Type { get; init; }

    public string? Status { get; init; }
    public DateTimeOffset? StatusAsOf { get; init; }
    public string? StatusSource { get; init; }

    public string? AssignedTo { get; init; }
    public DateTimeOffset? AssignedToAsOf { get; init; }
    public string? AssignedToSource { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset LastItemAt { get; init; }
    public DateTimeOffset? LastClosedAt { get; init; }
    public DateTimeOffset? FirstCustomerMessageAt { get; init; }
    public double? FirstResponseSeconds { get; init; }
    public string? LastMessage { get; init; }

    /// <summary>Null if there is no message yet.</summary>
    public int? LastMessageAttachments { get; init; }

    public string? LastMessageAttachmentName { get; init; }

    public int CustomerMessages { get; init; }
    public int AgentMessages { get; init; }
    public int Notes { get; init; }
    public int Assignments { get; init; }
    public int Closes { get; init; }
    public int Reopens { get; init; }
    public int Events { get; init; }

    public bool StatusIsFromSnapshot => StatusSource is "snapshot";

    public bool AssigneeIsFromSnapshot => AssignedToSource is "snapshot";
}
