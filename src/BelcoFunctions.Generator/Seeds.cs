using Bogus;

namespace BelcoFunctions.Generator;

/// <summary>Independent random sources: each generated thing has its own, so none depends on another.</summary>
internal static class Seeds
{
    // Ids have no characters that look alike.
    private const string IdCharacters = "23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz";
    private const int IdLength = 17;

    /// <summary>A random source.</summary>
    /// <param name="seed">The user's seed.</param>
    /// <param name="purpose">What it is for.</param>
    /// <param name="numbers">Distinguish sources with the same purpose.</param>
    public static Randomizer Randomizer(int seed, string purpose, params ReadOnlySpan<long> numbers)
    {
        var hash = Mix(0, seed);
        foreach (var character in purpose) hash = Mix(hash, character);
        foreach (var number in numbers) hash = Mix(hash, number);
        return new Randomizer((int)(hash >> 33));
    }

    /// <summary>An id as Belco makes them.</summary>
    public static string BelcoId(this Randomizer random) => random.String2(IdLength, IdCharacters);

    /// <summary>A random time span, usually near the shortest.</summary>
    public static TimeSpan Span(this Randomizer random, TimeSpan shortest, TimeSpan longest)
    {
        var chance = random.Double();
        return shortest + TimeSpan.FromMilliseconds(Math.Floor((longest - shortest).TotalMilliseconds * chance * chance));
    }

    // The last step of SplitMix64. String.GetHashCode differs from one process to the next.
    private static ulong Mix(ulong hash, long value)
    {
        hash = unchecked((hash ^ (ulong)value) + 0x9E3779B97F4A7C15);
        hash = unchecked((hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9);
        hash = unchecked((hash ^ (hash >> 27)) * 0x94D049BB133111EB);
        return hash ^ (hash >> 31);
    }
}
