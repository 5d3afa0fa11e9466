using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Reporting.Definitions;

/// <summary>What is known of a conversation that is not erased.</summary>
/// <param name="Conversation">Its row.</param>
/// <param name="Events">
/// What happened before the end of the range, in any order, without what was erased; null if nothing happened in the range or
/// later.
/// </param>
/// <param name="StatusAtEnd">Its status at the end of the range; null if nothing says it.</param>
public sealed record ConversationRecord(
    ReportedConversation Conversation, IReadOnlyList<ReportedEvent>? Events, StatusAtEnd? StatusAtEnd);

/// <summary>A status, and who says so since when.</summary>
public readonly record struct StatusAtEnd(string Value, DateTimeOffset AsOf, bool IsFromSnapshot)
{
    /// <summary>Whether a snapshot that comes first cannot be read, and may say another status.</summary>
    public bool IsUncertain { get; init; }
}
