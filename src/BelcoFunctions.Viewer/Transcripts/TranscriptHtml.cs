namespace BelcoFunctions.Viewer.Transcripts;

/// <summary>A transcript as a web page that needs nothing else.</summary>
public sealed class TranscriptHtml : ITranscriptFormat
{
    public string Extension => "html";

    public string ContentType => "text/html; charset=utf-8";

    public string End => HtmlPage.End.Markup;

    string ITranscriptFormat.Begin(string title, IReadOnlyList<TranscriptFact> facts) => Begin(title, facts).Markup;

    string ITranscriptFormat.Write(TranscriptEntry entry) => Write(entry).Markup;

    /// <param name="title">The title of the page.</param>
    /// <param name="facts">What to say about the conversation.</param>
    /// <param name="links">Links to other pages; null for none.</param>
    public static Html Begin(string title, IEnumerable<TranscriptFact> facts, Html? links = null) => Html.Format($"""
        {HtmlPage.Begin(title)}{links}<table>
        {facts.Select(fact => Html.Format($"<tr><th>{fact.Name}</th><td>{fact.Value}</td></tr>\n"))}</table>

        """);

    /// <param name="entry">The event.</param>
    /// <param name="source">Says where the event as Belco sent it is; null to say nothing.</param>
    public static Html Write(TranscriptEntry entry, Html? source = null) => Html.Format($"""
        <article class="{entry.Kind.Side}">
        <p class="about">{entry.At} · {entry.Title}</p>
        {Text(entry.Text)}{entry.Remarks.Select(Remark)}{Attachments(entry.Attachments)}{Page(entry.Page)}{source}</article>

        """);

    private static Html? Text(string? text) =>
        text is null ? null : Html.Format($"<div class=\"text\" dir=\"auto\">{text}</div>\n");

    private static Html Remark(string sentence) => Html.Format($"<p class=\"about\">{sentence}</p>\n");

    private static Html? Attachments(IReadOnlyList<TranscriptLink> attachments) => attachments.Count == 0 ? null : Html.Format(
        $"<p>Attachments:</p>\n<ul>\n{attachments.Select(each => Html.Format($"<li>{Link(each)}</li>\n"))}</ul>\n");

    private static Html? Page(TranscriptLink? page) =>
        page is null ? null : Html.Format($"<p class=\"about\">from {Link(page)}</p>\n");

    private static Html Link(TranscriptLink link) => link.Address is { } address
        ? Html.Format($"<a href=\"{address.AbsoluteUri}\" rel=\"noreferrer\"><bdi>{link.Text}</bdi></a>")
        : Html.Format($"<bdi>{link.Text}</bdi>");
}
