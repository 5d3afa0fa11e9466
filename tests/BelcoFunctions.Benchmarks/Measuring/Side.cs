namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>One side of a comparison: a limit, or our code.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="MeasureAsync">Measures it once, and returns the result.</param>
internal sealed record Side(string Name, Func<CancellationToken, Task<Reading>> MeasureAsync);

/// <summary>The results of all rounds of a side.</summary>
/// <param name="Name">The name of the side.</param>
/// <param name="Rounds">One reading a round.</param>
internal sealed record SideReadings(string Name, IReadOnlyList<Reading> Rounds)
{
    public Distribution Values(string quantity) => new([.. Rounds.Select(round => round[quantity])]);
}
