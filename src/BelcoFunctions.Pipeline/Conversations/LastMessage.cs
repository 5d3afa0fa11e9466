using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>The last message: the beginning of its text, and its attachments.</summary>
/// <param name="Text">Null if the message has no body. For an HTML document, the text without markup.</param>
/// <param name="Position">Its place in the conversation.</param>
public sealed record LastMessage(string? Text, ItemPosition Position)
{
    /// <summary>The most characters to store of a message: enough for a list.</summary>
    public const int MaxLength = 200;

    /// <summary>How many attachments it has.</summary>
    public int Attachments { get; init; }

    /// <summary>The name of the first attachment; null if there is none.</summary>
    public string? AttachmentName { get; init; }

    public static LastMessage From(ConversationItem message, ItemPosition position)
    {
        var (count, first) = Attachment.Summarize(message.Attachments);
        return new LastMessage(TextOf(message.Body), position) { Attachments = count, AttachmentName = first };
    }

    private static string? TextOf(string? body) =>
        (HtmlText.IsDocument(body) ? HtmlText.From(body, MaxLength) : body)?.Truncate(MaxLength);
}
