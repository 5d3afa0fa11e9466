using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting.Text;
using BelcoFunctions.Viewer.Shared.Text;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>The texts for the values of conversations.</summary>
internal static class ConversationNames
{
    /// <summary>The text in the list for a last message without visible text.</summary>
    public static string OfMessageWithoutText(ConversationSummary conversation) => conversation switch
    {
        { LastMessageAttachments: null } => "No message yet",
        { LastMessageAttachments: 0 } => "No text",
        { LastMessageAttachments: 1, LastMessageAttachmentName: { } name } => $"1 attachment: {VisibleText.OfLine(name)}",
        { LastMessageAttachments: { } count } => CountText.Format(count, "attachment"),
    };
}
