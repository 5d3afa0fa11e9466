using System.Globalization;
using System.Text;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Tells which characters in untrusted text could change how the text around them is shown.</summary>
public static class HarmfulRune
{
    /// <summary>True for control characters, and for embeddings, overrides and isolates of direction. False for joiners and for
    /// the marks U+200E, U+200F and U+061C: Persian, Arabic, Hebrew and many emoji need them.</summary>
    public static bool IsHarmful(this Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
