namespace BelcoFunctions.Pipeline.Events;

/// <summary>Cuts text without splitting a surrogate pair.</summary>
public static class TextParts
{
    /// <summary>The first <paramref name="length"/> characters, or one fewer where a pair would be split.</summary>
    public static string Truncate(this string text, int length) => text[..End(text, 0, length)];

    /// <summary>Consecutive parts of at most <paramref name="length"/> characters that join to the text. An empty text is one
    /// part.</summary>
    public static IEnumerable<string> Split(string text, int length)
    {
        var start = 0;
        do
        {
            var end = End(text, start, length);
            yield return text[start..end];
            start = end;
        }
        while (start < text.Length);
    }

    private static int End(string text, int start, int length)
    {
        var end = start + length;
        if (end >= text.Length) return text.Length;
        return char.IsHighSurrogate(text[end - 1]) && char.IsLowSurrogate(text[end]) ? end - 1 : end;
    }
}
