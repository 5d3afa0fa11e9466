namespace BelcoFunctions.Local.Exporting;

/// <summary>Makes text from outside safe to open in a spreadsheet.</summary>
internal static class SpreadsheetText
{
    // OWASP's list for CSV injection. The last four are the full-width forms, which some spreadsheets take for the same.
    private const string Formula = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /// <summary>The text with an apostrophe before it if a spreadsheet could take it for a formula, and with U+FFFD in place of
    /// U+0000, at which many readers stop.</summary>
    public static string Harmless(string text)
    {
        if (text.Contains('\0')) text = text.Replace('\0', '\uFFFD');
        return text.Length > 0 && Formula.Contains(text[0]) ? "'" + text : text;
    }
}
