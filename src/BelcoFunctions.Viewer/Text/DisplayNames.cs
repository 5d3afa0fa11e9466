using BelcoFunctions.Viewer.Archive;

namespace BelcoFunctions.Viewer.Text;

/// <summary>What the pages call things.</summary>
internal static class DisplayNames
{
    public const string Nobody = "Nobody";

    /// <summary>A status with a capital; whatever Belco calls it.</summary>
    public static string OfStatus(string? status) => status switch
    {
        null or "" => "Unknown",
        "open" => "Open",
        "closed" => "Closed",
        _ => VisibleText.OfLine(status),
    };

    /// <summary>Whoever did something.</summary>
    public static string OfActor(string? actorType) => actorType switch
    {
        "user" => "Agent",
        "customer" => "Customer",
        "contact" => "Contact",
        "auto" => "Belco",
        null => "Unknown",
        _ => VisibleText.OfLine(actorType),
    };

    /// <summary>An event that is a line between the messages, without who did it.</summary>
    public static string OfLine(TimelineEntry entry) => entry.Shape switch
    {
        EntryKind.Close => "closed the conversation",
        EntryKind.Reopen => "reopened the conversation",
        _ => VisibleText.OfLine(entry.Kind ?? entry.EventName),
    };
}
