namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>One run: how many rounds it has, and where it shows how far it is.</summary>
internal sealed class Session(int rounds, Action<string> show)
{
    /// <summary>Says what is being done, for whoever waits.</summary>
    public void Show(string progress) => show(progress);

    /// <summary>Measures the sides in turn, round by round, after one round that does not count. Odd rounds go backwards, so that
    /// no side always comes first.</summary>
    public async Task<IReadOnlyList<SideReadings>> InterleaveAsync(CancellationToken cancellationToken, params IReadOnlyList<Side> sides)
    {
        List<Reading>[] readings = [.. sides.Select(_ => new List<Reading>())];
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var index in Order(round, sides.Count))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Show(round == 0 ? $"{sides[index].Name}: warming up" : $"{sides[index].Name}: round {round} of {rounds}");
                var reading = await sides[index].MeasureAsync(cancellationToken);
                if (round > 0) readings[index].Add(reading);
            }
        }

        return [.. readings.Select(values => new SideReadings(values))];
    }

    private static IEnumerable<int> Order(int round, int count) =>
        round % 2 == 0 ? Enumerable.Range(0, count) : Enumerable.Range(0, count).Reverse();
}
