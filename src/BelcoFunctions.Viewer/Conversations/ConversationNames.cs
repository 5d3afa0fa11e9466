using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Shared.Text;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>The texts for the values of conversations and events.</summary>
internal static class ConversationNames
{
    /// <summary>The name for the kind of person or program that did something.</summary>
    public static string OfActor(string? actorType) => actorType switch
    {
        "user" => "Agent",
        "customer" => "Customer",
        "contact" => "Contact",
        "auto" => "Belco",
        null => "Unknown",
        _ => VisibleText.OfLine(actorType),
    };

    /// <summary>The text of an event that is shown as a line between the messages, without the person who did it.</summary>
    public static string OfLine(TimelineEntry entry) => entry.Shape switch
    {
        EntryKind.Close => "closed the conversation",
        EntryKind.Reopen => "reopened the conversation",
        _ => VisibleText.OfLine(entry.Kind ?? entry.EventName),
    };
}
