using System.Globalization;

namespace BelcoFunctions.Tests;

/// <summary>How many random cases the tests try, and from which seed.</summary>
internal static class FuzzSettings
{
    public static int Seed { get; } = Read("BELCO_FUZZ_SEED", 1);

    public static int Count { get; } = Read("BELCO_FUZZ", 2_000);

    private static int Read(string variable, int byDefault) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : byDefault;
}
