using System.Globalization;
using System.Text;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Viewer.Shared.Text;

/// <summary>Makes visible what would otherwise be invisible in text from outside, or could change the text around it. The pages
/// encode the result for HTML.</summary>
public static class VisibleText
{
    private const char ControlPictures = '\u2400';
    private const char DeletePicture = '\u2421';

    /// <summary>A message. Line breaks of any kind become the same line break, and tabs stay. Other control characters, and
    /// all marks that change the direction of text, become visible.</summary>
    public static string OfBody(string text) => Replace(
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace('\u2028', '\n').Replace('\u2029', '\n'),
        rune => rune.Value is '\n' or '\t');

    /// <summary>An id, a name or a title in one line. Control characters, and marks that change the direction of text, become
    /// visible. Joiners and the marks of other scripts stay: Persian, Hebrew and many emoji need them.</summary>
    public static string OfLine(string text) =>
        Replace(text.Replace('\u2028', ' ').Replace('\u2029', ' '), _ => false);

    /// <summary>The beginning of a message in one line: each run of white space becomes one space.</summary>
    public static string OfExcerpt(string text) =>
        OfBody(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static string Replace(string text, Predicate<Rune> stays)
    {
        var visible = new StringBuilder(text.Length);
        // The enumeration returns half a surrogate pair as U+FFFD.
        foreach (var rune in text.EnumerateRunes())
        {
            if (!rune.IsHarmful() || stays(rune)) visible.Append(rune);
            else if (rune.Value < ' ') visible.Append((char)(ControlPictures + rune.Value));
            else if (rune.Value == '\u007F') visible.Append(DeletePicture);
            else visible.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
        }

        return visible.ToString();
    }
}
