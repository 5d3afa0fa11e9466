using System.Globalization;
using System.Text;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Tells whether a text has anything that a reader can see.</summary>
public static class BlankText
{
    /// <summary>True if a text has only white space and invisible characters. Harmful characters are not blank: code that shows
    /// them must make them visible.</summary>
    public static bool IsBlank(this string? text)
    {
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune) && !HasNoInk(rune)) return false;
        }

        return true;
    }

    private static bool HasNoInk(Rune rune) => rune.Value switch
    {
        // The grapheme joiner, Khmer vowels that are never written, fillers of Hangul, and the empty pattern of Braille.
        0x034F or 0x17B4 or 0x17B5 or 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 => true,
        // Variation selectors.
        (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format && !rune.IsHarmful(),
    };
}
