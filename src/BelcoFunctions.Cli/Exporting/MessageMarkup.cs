using System.Text.Json;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Viewer.Shared.Text;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>The text and the attachments of an event, as the viewer shows them.</summary>
internal static class MessageMarkup
{
    public static Html Of(NamedValues e) =>
        Html.Of($"{Body(e.Text("body"))}{Truncated(e)}{Attachments(e.Text("attachments"))}{TruncatedAttachments(e)}");

    private static Html Body(string? body)
    {
        if (body.IsBlank()) return Html.Of($"");
        return HtmlText.IsDocument(body)
            ? Html.Of($"{Text(HtmlText.From(body))}<p>This is the text of an HTML mail. The event has all of it.</p>\n")
            : Text(body!);
    }

    private static Html Text(string text) =>
        Html.Of($"<div class=\"text\" dir=\"auto\">{VisibleText.OfBody(text)}</div>\n");

    private static Html Truncated(NamedValues e) => e.IsTrue("bodyTruncated")
        ? Html.Of($"<p>The text is longer. All of it is in the event.</p>\n") : Html.Of($"");

    private static Html Attachments(string? json)
    {
        if (json is null) return Html.Of($"");
        using var array = JsonDocument.Parse(json);
        var items = Attachment.ReadAll(array.RootElement).Select(each => Html.Of($"<li>{Link(each)}</li>\n")).ToList();
        return items.Count == 0 ? Html.Of($"") : Html.Of($"<p>Attachments:</p>\n<ul>\n{items}</ul>\n");
    }

    private static Html Link(Attachment attachment) => attachment.Address is { } address
        ? Html.Of($"<a href=\"{address.AbsoluteUri}\" rel=\"noreferrer\"><bdi>{VisibleText.OfLine(attachment.Name)}</bdi></a>")
        : Html.Of($"<bdi>{VisibleText.OfLine(attachment.Name)}</bdi>");

    private static Html TruncatedAttachments(NamedValues e) => e.IsTrue("attachmentsTruncated")
        ? Html.Of($"<p>The attachments are too large to show. All of them are in the event.</p>\n") : Html.Of($"");
}
