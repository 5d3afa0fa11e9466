using System.Globalization;

namespace BelcoFunctions.Testing;

/// <summary>How many random cases a test tries, and from which seed.</summary>
internal static class FuzzSettings
{
    public static int Seed { get; } = Read("BELCO_FUZZ_SEED", 1);

    /// <param name="byDefault">The number of cases if BELCO_FUZZ is not set.</param>
    public static int Count(int byDefault) => Read("BELCO_FUZZ", byDefault);

    private static int Read(string variable, int byDefault) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture) : byDefault;
}
