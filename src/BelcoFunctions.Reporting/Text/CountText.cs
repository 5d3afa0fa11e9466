using System.Globalization;

namespace BelcoFunctions.Reporting.Text;

/// <summary>Writes a number, with its noun or without, like <c>1 event</c> and <c>2,000 events</c>.</summary>
public static class CountText
{
    public static string Format(long count, string noun) => count == 1 ? $"1 {noun}" : $"{Format(count)} {noun}s";

    /// <summary>A number with its noun; <c>1,000+ events</c> if there may be more.</summary>
    public static string Format(long count, string noun, bool isPart) =>
        isPart ? $"{Format(count, isPart)} {noun}s" : Format(count, noun);

    /// <summary>A number; <c>1,000+</c> if there may be more.</summary>
    public static string Format(long count, bool isPart) => isPart ? Format(count) + "+" : Format(count);

    public static string Format(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
