namespace BelcoFunctions.Cli.Output;

/// <summary>A number with its noun, like <c>1 event</c> and <c>2 events</c>.</summary>
internal static class Counted
{
    public static string Of(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
