using System.Globalization;
using System.Text;

namespace BelcoFunctions.Local.Rendering;

/// <summary>Makes text from outside safe to show in a terminal.</summary>
internal static class DisplayText
{
    private const int ShortId = 6;

    /// <summary>As much of a text as a narrow column has room for.</summary>
    public static string Short(string? text, int length = ShortId) =>
        text is null ? "" : text.Length <= length ? text : text[..(length - 1)] + "…";

    /// <summary>White space becomes one space; control characters, which could move the cursor or reverse the line, U+FFFD.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) clean.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format) clean.Append('\uFFFD');
            else clean.Append(rune);
        }

        return clean.ToString();
    }
}
