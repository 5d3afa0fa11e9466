using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Viewer.Shared.Text;

namespace BelcoFunctions.Viewer.Transcripts;

/// <summary>A message as its reader would see it.</summary>
/// <param name="Visible">The text. Of an HTML mail, the text without the markup; empty if there is nothing to read.</param>
/// <param name="IsHtml">Whether the message is an HTML mail.</param>
internal readonly record struct MessageText(string Visible, bool IsHtml)
{
    public static MessageText From(string body)
    {
        var isHtml = HtmlText.IsDocument(body);
        var visible = VisibleText.OfBody(isHtml ? HtmlText.From(body) : body);
        return new(visible.IsBlank() ? "" : visible, isHtml);
    }
}
