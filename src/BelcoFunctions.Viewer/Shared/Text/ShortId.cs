using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Viewer.Shared.Text;

/// <summary>Shortens an id to the characters that distinguish it from others on a page.</summary>
internal static class ShortId
{
    private const int Length = 6;
    private const int NameLength = 11;

    public static string Format(string id) => Cut(VisibleText.OfLine(id), Length);

    /// <summary>Shortens a word that people know, such as a channel, to more characters than an id.</summary>
    public static string FormatName(string name) => Cut(VisibleText.OfLine(name), NameLength);

    private static string Cut(string text, int length) =>
        text.Length <= length + 1 ? text : text.Truncate(length) + "…";
}
