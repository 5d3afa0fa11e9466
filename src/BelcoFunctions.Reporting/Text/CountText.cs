using System.Globalization;

namespace BelcoFunctions.Reporting.Text;

/// <summary>Writes a number, with its noun or without, like <c>1 event</c> and <c>2,000 events</c>.</summary>
public static class CountText
{
    public static string Format(long count, string noun) => count == 1 ? $"1 {noun}" : $"{Format(count)} {noun}s";

    public static string Format(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
