using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>The last message: the begin of its text, and what is attached.</summary>
/// <param name="Text">Null if the message has no body. Of an HTML document, this is its text.</param>
/// <param name="Position">Its place in the conversation.</param>
public sealed record LastMessage(string? Text, ItemPosition Position)
{
    /// <summary>Characters kept of a message: enough for a list.</summary>
    public const int MaxLength = 200;

    /// <summary>How many attachments it has.</summary>
    public int Attachments { get; init; }

    /// <summary>What the first of them is called; null if there is none.</summary>
    public string? AttachmentName { get; init; }

    public static LastMessage From(ConversationItem message, ItemPosition position)
    {
        var (count, first) = Attachment.Summarize(message.Attachments);
        return new LastMessage(TextOf(message.Body), position) { Attachments = count, AttachmentName = first };
    }

    private static string? TextOf(string? body) =>
        (HtmlText.IsDocument(body) ? HtmlText.From(body, MaxLength) : body)?.Truncate(MaxLength);
}
