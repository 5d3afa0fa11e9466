using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>A conversation, folded again from its rows.</summary>
/// <param name="State">The state of all items that can be read, and of what the API said.</param>
/// <param name="Failure">Half a sentence about the first row that cannot be read; null if all can.</param>
/// <param name="HasReading">Whether there is a row of what the API said.</param>
/// <param name="Reading">What remains of it beside the remaining items; null if there is nothing.</param>
internal sealed record FoldedTimeline(
    ConversationState State, string? Failure, bool HasReading, ConversationReading? Reading)
{
    /// <summary>The customers whom the remaining items and the reading name.</summary>
    public required IReadOnlySet<string> CustomerIds { get; init; }

    /// <summary>Whether the row of what the API said has something that may not remain.</summary>
    public bool IsReadingStale { get; init; }
}
