namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>One run: how much it measures, and where it shows its progress.</summary>
/// <param name="rounds">The number of rounds that count. One more round warms up.</param>
/// <param name="isShort">Whether the run only shows that the benchmarks work: one round, smallest sizes, no warm-up.</param>
/// <param name="show">Shows a line of progress.</param>
internal sealed class Session(int rounds, bool isShort, Action<string> show)
{
    // Ten batches, so that counts per batch are still meaningful.
    private const int ShortSize = 500;

    /// <summary>How many events, rows or requests to measure: all of them, or a few in a short run.</summary>
    public int Size(int full) => isShort ? Math.Min(full, ShortSize) : full;

    /// <summary>Shows what is being done.</summary>
    public void Show(string progress) => show(progress);

    /// <summary>Measures the sides in turn, round by round, after one round that does not count. Odd rounds reverse the
    /// order, so that no side always comes first.</summary>
    public async Task<IReadOnlyList<SideReadings>> InterleaveAsync(
        CancellationToken cancellationToken, params IReadOnlyList<Side> sides)
    {
        List<Reading>[] readings = [.. sides.Select(_ => new List<Reading>())];
        var (first, last) = isShort ? (1, 1) : (0, rounds);
        for (var round = first; round <= last; round++)
        {
            foreach (var index in Order(round, sides.Count))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Show(round == 0 ? $"{sides[index].Name}: warming up" : $"{sides[index].Name}: round {round} of {last}");
                var reading = await sides[index].MeasureAsync(cancellationToken);
                if (round > 0) readings[index].Add(reading);
            }
        }

        return [.. sides.Zip(readings, (side, values) => new SideReadings(side.Name, values))];
    }

    private static IEnumerable<int> Order(int round, int count) =>
        round % 2 == 0 ? Enumerable.Range(0, count) : Enumerable.Range(0, count).Reverse();
}
