namespace BelcoFunctions.Pipeline.Queries;

/// <summary>What a report needs of a conversation's row.</summary>
public sealed record ReportedConversation(string ConversationId)
{
    /// <summary>Whether nothing of it is left. Then there is nothing else to know.</summary>
    public bool IsErased { get; init; }

    /// <summary>Nothing that happened up to this moment is kept; null if nothing was erased.</summary>
    public DateTimeOffset? ErasedThrough { get; init; }

    public string? Channel { get; init; }
    public string? Status { get; init; }

    /// <summary>The <c>createdAt</c> of the item that said the status.</summary>
    public DateTimeOffset? StatusAsOf { get; init; }

    public bool StatusIsFromSnapshot { get; init; }
    public string? FirstItemId { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? LastItemAt { get; init; }
    public DateTimeOffset? FirstCustomerMessageAt { get; init; }
    public DateTimeOffset? FirstAgentMessageAt { get; init; }

    /// <summary>How many events its timeline has.</summary>
    public int Events { get; init; }
}
