using System.Text.Json;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Viewer.Shared.Text;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>The text and the attachments of an event, as the viewer shows them.</summary>
internal static class MessageMarkup
{
    public static Html From(NamedValues e) =>
        Html.Format($"{Body(e.Text("body"))}{Truncated(e)}{Attachments(e.Text("attachments"))}{TruncatedAttachments(e)}");

    private static Html Body(string? body)
    {
        if (body.IsBlank()) return Html.Format($"");
        return HtmlText.IsDocument(body)
            ? Html.Format($"{Text(HtmlText.From(body))}<p>This is the text of an HTML mail. The event has all of it.</p>\n")
            : Text(body!);
    }

    private static Html Text(string text) =>
        Html.Format($"<div class=\"text\" dir=\"auto\">{VisibleText.OfBody(text)}</div>\n");

    private static Html Truncated(NamedValues e) => e.IsTrue("bodyTruncated")
        ? Html.Format($"<p>The text is longer. All of it is in the event.</p>\n") : Html.Format($"");

    private static Html Attachments(string? json)
    {
        if (json is null) return Html.Format($"");
        using var array = JsonDocument.Parse(json);
        var items = Attachment.ReadAll(array.RootElement).Select(each => Html.Format($"<li>{Link(each)}</li>\n")).ToList();
        return items.Count == 0 ? Html.Format($"") : Html.Format($"<p>Attachments:</p>\n<ul>\n{items}</ul>\n");
    }

    private static Html Link(Attachment attachment) => attachment.Address is { } address
        ? Html.Format(
            $"<a href=\"{address.AbsoluteUri}\" rel=\"noreferrer\"><bdi>{VisibleText.OfLine(attachment.Name)}</bdi></a>")
        : Html.Format($"<bdi>{VisibleText.OfLine(attachment.Name)}</bdi>");

    private static Html TruncatedAttachments(NamedValues e) => e.IsTrue("attachmentsTruncated")
        ? Html.Format($"<p>The attachments are too large to show. All of them are in the event.</p>\n") : Html.Format($"");
}
