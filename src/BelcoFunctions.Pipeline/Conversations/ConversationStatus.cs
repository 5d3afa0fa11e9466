using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>The statuses that events set, in Belco's words. Belco has others, such as that of a snooze, which only snapshots
/// show.</summary>
public static class ConversationStatus
{
    public const string Open = "open";
    public const string Closed = "closed";

    /// <summary>The status that an event itself sets; null if it sets none.</summary>
    public static string? SetBy(string eventName) => eventName switch
    {
        EventNames.ConversationClosed => Closed,
        EventNames.ConversationReopened => Open,
        _ => null,
    };
}
