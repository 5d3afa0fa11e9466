using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Transcripts;
using NodaTime;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>The page of a conversation for the customer who asked for access: a transcript with all ids, that links each event
/// as Belco sent it.</summary>
internal static class ConversationPage
{
    /// <summary>The words of all pages in the folder. Their times are in UTC.</summary>
    public static TranscriptWords Words { get; } = new(DateTimeZone.Utc, hasIds: true);

    public static Html Begin(int number, ConversationSummary conversation, Names names) => TranscriptHtml.Begin(
        $"Conversation {number}", Words.FactsOf(conversation, names),
        Html.Format($"<p><a href=\"../index.html\">All conversations</a></p>\n"));

    /// <param name="entry">The event.</param>
    /// <param name="names">The names of people.</param>
    /// <param name="file">The event as Belco sent it, from the folder of the page; null if it is missing.</param>
    public static Html Event(TimelineEntry entry, Names names, string? file) =>
        TranscriptHtml.Write(Words.EntryOf(entry, names), Html.Format($"<p class=\"about\">{Source(file)}</p>\n"));

    private static Html Source(string? file) => file is null
        ? Html.Format($"The event as Belco sent it is missing in the archive.")
        : Html.Format($"<a href=\"../{file}\">the event as Belco sent it</a>");
}
