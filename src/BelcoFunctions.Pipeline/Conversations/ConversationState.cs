namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>Everything we know about a conversation. It depends only on the set of its items and on what the API
/// said.</summary>
public sealed record ConversationState(string ShopId, string ConversationId)
{
    public Register<string> Status { get; init; }

    /// <summary>A version without a value means that nobody is assigned.</summary>
    public Register<string> AssignedTo { get; init; }

    public Register<string> OrganizationId { get; init; }
    public Register<string> CustomerId { get; init; }
    public Register<string> Channel { get; init; }
    public Register<string> Type { get; init; }
    public Register<string> FirstItemId { get; init; }
    public Register<DateTimeOffset?> CreatedAt { get; init; }

    /// <summary>Only a <see cref="ConversationReading"/> asserts it.</summary>
    public Register<string> Subject { get; init; }

    /// <summary>Null only before the first event.</summary>
    public ItemPosition? LastItem { get; init; }

    public LastMessage? LastMessage { get; init; }
    public DateTimeOffset? LastClosedAt { get; init; }
    public DateTimeOffset? FirstCustomerMessageAt { get; init; }
    public DateTimeOffset? FirstAgentMessageAt { get; init; }
    public DateTimeOffset? LastCustomerMessageAt { get; init; }
    public DateTimeOffset? LastAgentMessageAt { get; init; }

    public int CustomerMessages { get; init; }
    public int AgentMessages { get; init; }
    public int Notes { get; init; }
    public int Assignments { get; init; }
    public int Closes { get; init; }
    public int Reopens { get; init; }
    public int Events { get; init; }
}
