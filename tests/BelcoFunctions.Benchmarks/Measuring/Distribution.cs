namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>The same quantity, measured once a round.</summary>
internal sealed record Distribution(IReadOnlyList<double> Values)
{
    public double Median
    {
        get
        {
            double[] sorted = [.. Values.Order()];
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    public double Lowest => Values.Min();

    public double Highest => Values.Max();

    /// <summary>Compares round by round, because a disturbance on this machine affects both sides of a round.</summary>
    public Distribution DividedBy(Distribution limit) => new([.. Values.Zip(limit.Values, (ours, theirs) => ours / theirs)]);
}
