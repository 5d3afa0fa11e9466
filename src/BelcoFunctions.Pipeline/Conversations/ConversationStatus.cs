using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>The statuses that events set, in Belco's words. Belco has other statuses, for example for a snooze. Only snapshots
/// show them.</summary>
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
