using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Cli.Exporting;

/// <summary>Makes text from outside safe to open in a spreadsheet.</summary>
internal static class SpreadsheetText
{
    /// <summary>The most characters of a cell, counted as in the file: a quote counts twice. A cell of Excel has at most
    /// 32,767 characters. Excel puts the rest on further rows, where it could begin with a formula.</summary>
    public const int MaxLength = 32_000;

    // OWASP's list for CSV injection. The last four are full-width forms, which some spreadsheets treat in the same way.
    private const string Formula = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>The text with an apostrophe before it if a spreadsheet could take it for a formula, and with U+FFFD in place of
    /// U+0000, at which many readers stop.</summary>
    public static string Harmless(string text)
    {
        if (text.Contains('\0')) text = text.Replace('\0', '\uFFFD');
        return text.Length > 0 && Formula.Contains(text[0]) ? "'" + text : text;
    }

    /// <summary>Cuts a text that does not fit into a cell, and ends it with …. Returns any other text unchanged.</summary>
    public static string Shorten(string text)
    {
        var (end, written) = (0, 0);
        while (end < text.Length && (written += text[end] == '"' ? 2 : 1) < MaxLength) end++;
        return end == text.Length || (end == text.Length - 1 && written == MaxLength) ? text : text.Truncate(end) + "…";
    }
}
