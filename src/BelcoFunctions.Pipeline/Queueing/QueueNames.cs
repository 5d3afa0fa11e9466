using System.Collections.Frozen;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>The queues: one for each event type that is projected, and one for everything else that Belco sends.</summary>
public static class QueueNames
{
    public const string ConversationCreated = "conversation-created";
    public const string ConversationReplied = "conversation-replied";
    public const string ConversationNoteAdded = "conversation-note-added";
    public const string ConversationAssigned = "conversation-assigned";
    public const string ConversationClosed = "conversation-closed";
    public const string ConversationReopened = "conversation-reopened";
    public const string UnprojectedEvents = "unprojected-events";

    private static readonly FrozenDictionary<string, string> ByEventName = new Dictionary<string, string>
    {
        [EventNames.ConversationCreated] = ConversationCreated,
        [EventNames.ConversationReplied] = ConversationReplied,
        [EventNames.ConversationNoteAdded] = ConversationNoteAdded,
        [EventNames.ConversationAssigned] = ConversationAssigned,
        [EventNames.ConversationClosed] = ConversationClosed,
        [EventNames.ConversationReopened] = ConversationReopened,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<string> All { get; } = [.. EventNames.Projected.Select(For), UnprojectedEvents];

    /// <summary>The queue of one of the six event names.</summary>
    public static string For(string projectedEventName) => ByEventName[projectedEventName];
}
