using System.Globalization;

namespace BelcoFunctions.Viewer.Shared.Text;

/// <summary>A number with its noun, like <c>1 event</c> and <c>2,000 events</c>.</summary>
internal static class Counted
{
    public static string Of(int count, string noun) => count == 1 ? $"1 {noun}" : $"{Number(count)} {noun}s";

    public static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
