using System.Globalization;
using System.Text;

namespace BelcoFunctions.Viewer.Text;

/// <summary>Makes visible what would otherwise be invisible in text from outside, or could change the text around it. The pages
/// encode the result for HTML.</summary>
internal static class VisibleText
{
    private const char ControlPictures = '\u2400';
    private const char DeletePicture = '\u2421';

    /// <summary>A message. Line breaks, tabs and joiners stay; other control characters and all marks that change the direction
    /// of what follows become visible.</summary>
    public static string OfBody(string text) =>
        Replace(text.Replace("\r\n", "\n", StringComparison.Ordinal), rune => rune.Value is '\n' or '\t'
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format && !ChangesDirection(rune));

    /// <summary>An id, a name or a title: one line, in which every control or format character becomes visible.</summary>
    public static string OfLine(string text) => Replace(text, _ => false);

    /// <summary>The begin of a message in one line: each white space becomes a space.</summary>
    public static string OfExcerpt(string text) =>
        OfBody(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static string Replace(string text, Predicate<Rune> stays)
    {
        var visible = new StringBuilder(text.Length);
        // Half a surrogate pair is enumerated as U+FFFD.
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsInvisible(rune) || stays(rune)) visible.Append(rune);
            else if (rune.Value < ' ') visible.Append((char)(ControlPictures + rune.Value));
            else if (rune.Value == '\u007F') visible.Append(DeletePicture);
            else visible.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
        }

        return visible.ToString();
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    // Embeddings, overrides and isolates. The marks U+200E, U+200F and U+061C are ordinary in Arabic and Hebrew.
    private static bool ChangesDirection(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
