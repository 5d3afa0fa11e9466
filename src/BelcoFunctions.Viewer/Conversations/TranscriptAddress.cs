using BelcoFunctions.Viewer.Shared;
using BelcoFunctions.Viewer.Transcripts;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>The address of a transcript to save.</summary>
/// <param name="ShopId">The shop.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Format">The kind of file.</param>
/// <param name="HasNotes">Whether the transcript has the internal notes.</param>
internal sealed record TranscriptAddress(string ShopId, string ConversationId, ITranscriptFormat Format, bool HasNotes)
{
    public const string Path = "/conversation/transcript";
    public const string FormatName = "format";
    public const string Html = "html";
    public const string Text = "text";
    public const string Notes = "notes";
    public const string WithNotes = "yes";

    /// <summary>Null if a part of the address is missing or wrong. Without a word about notes, the transcript has none: they must
    /// not get out by accident.</summary>
    public static TranscriptAddress? Read(IQueryCollection query)
    {
        ITranscriptFormat? format = Given(FormatName) switch
        {
            Html => new TranscriptHtml(),
            Text => new TranscriptText(),
            _ => null,
        };
        return Given(ListAddress.Shop) is { } shop && Given(ListAddress.Conversation) is { } conversation && format is not null
            && Given(Notes) is var notes and (null or WithNotes)
                ? new TranscriptAddress(shop, conversation, format, notes is WithNotes) : null;

        string? Given(string name) => RequestFields.Given(query, name);
    }
}
