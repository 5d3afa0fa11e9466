using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>The statuses that items set, in Belco's words. Belco has other statuses, for example for a snooze. Only snapshots
/// show them.</summary>
public static class ConversationStatus
{
    public const string Open = "open";
    public const string Closed = "closed";

    /// <summary>The status that an item itself sets; null if it sets none.</summary>
    /// <param name="kind">One of <see cref="ItemKind"/>.</param>
    public static string? SetBy(string kind) => kind switch
    {
        ItemKind.Close => Closed,
        ItemKind.Open => Open,
        _ => null,
    };
}
