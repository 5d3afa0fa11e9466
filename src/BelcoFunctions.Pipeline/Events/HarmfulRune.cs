using System.Globalization;
using System.Text;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Tells which characters of a text from outside could change the text around it.</summary>
public static class HarmfulRune
{
    /// <summary>Whether it is a control character, or an embedding, an override or an isolate of direction. Joiners are not, nor
    /// are the marks U+200E, U+200F and U+061C: Persian, Arabic, Hebrew and many emoji need them.</summary>
    public static bool IsHarmful(this Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
