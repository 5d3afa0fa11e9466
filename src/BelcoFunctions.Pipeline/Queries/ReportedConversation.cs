namespace BelcoFunctions.Pipeline.Queries;

/// <summary>What a report needs of a conversation's row.</summary>
public sealed record ReportedConversation(string ConversationId)
{
    /// <summary>True if all of it was erased. Then only <see cref="ErasedThrough"/> is set.</summary>
    public bool IsErased { get; init; }

    /// <summary>Everything that happened up to this moment is erased; null if nothing was.</summary>
    public DateTimeOffset? ErasedThrough { get; init; }

    public string? Channel { get; init; }
    public string? Status { get; init; }

    /// <summary>The <c>createdAt</c> of the item that the status comes from.</summary>
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
