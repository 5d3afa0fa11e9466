using System.Collections.Frozen;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>The event names of Belco's webhooks that are projected. Belco also sends <c>call.*</c> and <c>contact.*</c>,
/// whose payloads it does not publish.</summary>
public static class EventNames
{
    public const string ConversationCreated = "conversation.created";
    public const string ConversationReplied = "conversation.replied";
    public const string ConversationNoteAdded = "conversation.note.added";
    public const string ConversationAssigned = "conversation.assigned";
    public const string ConversationClosed = "conversation.closed";
    public const string ConversationReopened = "conversation.reopened";

    /// <summary>Not Belco's: the name in the body of an item that import read from Belco's API. A webhook with this name is not
    /// projected.</summary>
    public const string ItemImported = "item.imported";

    /// <summary>The six, in the order of a conversation's life.</summary>
    public static IReadOnlyList<string> Projected { get; } =
    [
        ConversationCreated, ConversationReplied, ConversationNoteAdded,
        ConversationAssigned, ConversationClosed, ConversationReopened,
    ];

    private static readonly FrozenSet<string> ProjectedSet = Projected.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsProjected(string eventName) => ProjectedSet.Contains(eventName);
}
