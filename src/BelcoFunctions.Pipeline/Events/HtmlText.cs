using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Web;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>The text of messages that are whole HTML documents, as mail programs send them.</summary>
public static class HtmlText
{
    private static readonly string[] Beginnings = ["<!doctype html", "<html", "<head", "<body"];

    // A reader never sees the content of these elements.
    private static readonly string[] Hidden = ["script", "style", "title", "template"];

    private static readonly string[] Blocks =
    [
        "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "tr", "ul",
    ];

    /// <summary>Whether a text is an HTML document. A message that merely contains a tag is not.</summary>
    public static bool IsDocument([NotNullWhen(true)] string? text)
    {
        var begin = text.AsSpan().TrimStart("\uFEFF \t\r\n\f");
        foreach (var beginning in Beginnings)
        {
            if (begin.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)
                && begin.Length > beginning.Length && !char.IsAsciiLetterOrDigit(begin[beginning.Length])) return true;
        }

        return false;
    }

    /// <summary>The text without its markup. Stops soon after <paramref name="length"/> characters.</summary>
    /// <param name="html">The document. It may be broken in any way.</param>
    /// <param name="length">How many characters are needed.</param>
    public static string From(string html, int length = int.MaxValue)
    {
        var text = new StringBuilder();
        for (var index = 0; index < html.Length && text.Length <= length;)
        {
            var open = html.IndexOf('<', index);
            if (open < 0) open = html.Length;
            // A space at the end does not count towards the length, because it is trimmed.
            AppendText(text, HttpUtility.HtmlDecode(html[index..open]));
            index = open == html.Length ? open : AppendMarkup(text, html, open);
        }

        return text.ToString().Trim();
    }

    /// <summary>Appends the markup that begins with <c>&lt;</c>. Returns the index after it.</summary>
    private static int AppendMarkup(StringBuilder text, string html, int open)
    {
        var rest = html.AsSpan(open);
        if (rest.StartsWith("<!--")) return After(html, "-->", open);
        if (rest is [_, '!' or '?', ..]) return After(html, ">", open);
        var start = open + (rest is [_, '/', ..] ? 2 : 1);
        var end = start;
        while (end < html.Length && char.IsAsciiLetterOrDigit(html[end])) end++;
        if (end == start)
        {
            text.Append('<');
            return open + 1;
        }

        var name = html[start..end].ToLowerInvariant();
        var isClosing = start == open + 2;
        var after = AfterTag(html, end);
        if (!isClosing && Hidden.Contains(name)) return After(html, ">", IndexOf(html, $"</{name}", after));
        if (name is "br") AppendBreak(text, most: 2);
        else if (name is "td" or "th") AppendText(text, " ");
        else if (Blocks.Contains(name)) AppendBreak(text, most: 1);
        return after;
    }

    /// <summary>A <c>&gt;</c> within quotes does not end a tag.</summary>
    private static int AfterTag(string html, int index)
    {
        for (; index < html.Length; index++)
        {
            if (html[index] == '>') return index + 1;
            if (html[index] is '"' or '\'')
            {
                index = html.IndexOf(html[index], index + 1);
                if (index < 0) break;
            }
        }

        return html.Length;
    }

    private static int After(string html, string end, int index) =>
        Math.Min(html.Length, IndexOf(html, end, index) + end.Length);

    private static int IndexOf(string html, string part, int index)
    {
        var found = html.IndexOf(part, index, StringComparison.OrdinalIgnoreCase);
        return found < 0 ? html.Length : found;
    }

    // In HTML, white space of any length is one space.
    private static void AppendText(StringBuilder text, string decoded)
    {
        foreach (var character in decoded)
        {
            if (character is not (' ' or '\t' or '\r' or '\n' or '\f')) text.Append(character);
            else if (text.Length > 0 && text[^1] is not (' ' or '\n')) text.Append(' ');
        }
    }

    private static void AppendBreak(StringBuilder text, int most)
    {
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        if (text.Length == 0) return;
        var breaks = text[^1] != '\n' ? 0 : text.Length > 1 && text[^2] == '\n' ? 2 : 1;
        if (breaks < most) text.Append('\n');
    }
}
