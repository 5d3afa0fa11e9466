namespace BelcoFunctions.Reporting.Text;

/// <summary>Writes commands that people can paste into a shell.</summary>
public static class CommandText
{
    /// <summary>The command that imports a shop.</summary>
    public static string Import(string shopId) => $"belco import --shop {Word(shopId)}";

    /// <summary>A value as one word of a command line.</summary>
    // In single quotes, a shell gives no character a meaning except the quote itself.
    public static string Word(string value) => value.Length > 0 && value.All(IsPlain)
        ? value : $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '/';
}
