using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Reporting.Definitions;

/// <summary>What we know about a conversation that is not erased.</summary>
/// <param name="Conversation">Its row.</param>
/// <param name="Events"> The events before the end of the range that are not erased, in any order; null if nothing happened in
/// the range or later. </param>
/// <param name="StatusAtEnd">Its status at the end of the range; null if it is unknown.</param>
public sealed record ConversationRecord(
    ReportedConversation Conversation, IReadOnlyList<ReportedEvent>? Events, StatusAtEnd? StatusAtEnd);

/// <summary>A status, the moment that it is from, and whether it comes from a snapshot.</summary>
public readonly record struct StatusAtEnd(string Value, DateTimeOffset AsOf, bool IsFromSnapshot)
{
    /// <summary>True if a snapshot with a higher version cannot be read, and may have another status.</summary>
    public bool IsUncertain { get; init; }
}
