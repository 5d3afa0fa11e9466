namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>One of the things that are compared: a limit, or ours.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="MeasureAsync">Measures it once, and says what came of it.</param>
internal sealed record Side(string Name, Func<CancellationToken, Task<Reading>> MeasureAsync);

/// <summary>What the rounds of a side gave.</summary>
/// <param name="Name">The side's.</param>
/// <param name="Rounds">One reading a round.</param>
internal sealed record SideReadings(string Name, IReadOnlyList<Reading> Rounds)
{
    public Distribution Values(string quantity) => new([.. Rounds.Select(round => round[quantity])]);
}
