using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>The beginning of a long text.</summary>
internal static class Preview
{
    private const int MaxCharacters = 1_200;
    private const int MaxLines = 16;

    /// <summary>The part to show before the reader unfolds the rest; null if the text is short enough to show
    /// completely.</summary>
    public static string? From(string text)
    {
        var end = Math.Min(LineEnd(text), MaxCharacters);
        return end >= text.Length ? null : text.Truncate(end);
    }

    private static int LineEnd(string text)
    {
        var end = -1;
        for (var line = 0; line < MaxLines; line++)
        {
            end = text.IndexOf('\n', end + 1);
            if (end < 0) return text.Length;
        }

        return end;
    }
}
