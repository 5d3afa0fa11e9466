namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>The results of one round of one side: quantities by name. The name includes the unit where it is not
/// obvious.</summary>
internal sealed class Reading : Dictionary<string, double>
{
    public Reading() : base(StringComparer.Ordinal) { }
}
