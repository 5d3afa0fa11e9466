using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting.Text;
using BelcoFunctions.Viewer.Shared.Text;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>What the pages of conversations call things.</summary>
internal static class ConversationNames
{
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

    /// <summary>The last message in the list, if it has no text that can be seen.</summary>
    public static string OfMessageWithoutText(ConversationSummary conversation) => conversation switch
    {
        { LastMessageAttachments: null } => "No message yet",
        { LastMessageAttachments: 0 } => "No text",
        { LastMessageAttachments: 1, LastMessageAttachmentName: { } name } => $"1 attachment: {VisibleText.OfLine(name)}",
        { LastMessageAttachments: { } count } => CountText.Format(count, "attachment"),
    };
}
