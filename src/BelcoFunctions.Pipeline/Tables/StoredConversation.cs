using Azure;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>A conversation as it was read from the table, and the ETag of its row.</summary>
public sealed record StoredConversation(ConversationState State, ETag ETag)
{
    /// <summary>What was erased of the conversation; null if nothing was.</summary>
    public Erasure? Erasure { get; init; }

    /// <summary>Whether another version of this code wrote the row. Then the state is not read, and must not be
    /// replaced.</summary>
    public bool IsOfAnotherVersion { get; init; }

    /// <summary>True if another program damaged the row: only the last item of the state is known. The state can be folded
    /// again from the timeline.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>Whether somebody deleted the conversation's row in the list. This shows only when the row is moved.</summary>
    public bool RecentRowIsMissing { get; init; }
}
