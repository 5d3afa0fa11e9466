namespace BelcoFunctions.Pipeline.Settings;

/// <summary>Checks the text of a setting.</summary>
public static class SettingText
{
    private const string Quotes = "\"'`‘’“”«»";

    /// <summary>Whether a text begins or ends with white space or a quote. Editors and portals add them, nobody notices, and
    /// the value is then wrong.</summary>
    public static bool IsWrapped(string text) => text.Length > 0 && (IsWrapping(text[0]) || IsWrapping(text[^1]));

    // Invisible marks count as white space: copying from a web page may add them.
    private static bool IsWrapping(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || Quotes.Contains(c)
        || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format;
}
