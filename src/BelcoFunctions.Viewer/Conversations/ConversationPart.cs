using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>A conversation and a page of its timeline.</summary>
/// <param name="Conversation">Its current state.</param>
/// <param name="Entries">The events of the page, oldest first.</param>
/// <param name="IsFirst">Whether the page has the oldest events.</param>
/// <param name="ContinuationToken">The token of the next page; null on the last page.</param>
public sealed record ConversationPart(
    ConversationSummary Conversation, IReadOnlyList<TimelineEntry> Entries, bool IsFirst, string? ContinuationToken)
{
    public bool IsLast => ContinuationToken is null;
}
