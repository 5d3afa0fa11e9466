using System.Text;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Cli.Output;

/// <summary>Makes text from outside safe to show in a terminal.</summary>
internal static class DisplayText
{
    private const int ShortIdLength = 6;

    /// <summary>Cuts a text to a number of characters, with … at the end.</summary>
    public static string Short(string? text, int length = ShortIdLength) =>
        text is null ? "" : text.Length <= length ? text : text.Truncate(length - 1) + "…";

    /// <summary>Replaces each white-space character with a space. Replaces control characters and direction marks, which
    /// could move the cursor or reverse the line, with U+FFFD.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) clean.Append(' ');
            else if (rune.IsHarmful()) clean.Append('\uFFFD');
            else clean.Append(rune);
        }

        return clean.ToString();
    }
}
