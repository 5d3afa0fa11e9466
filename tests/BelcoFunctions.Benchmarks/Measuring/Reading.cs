namespace BelcoFunctions.Benchmarks.Measuring;

/// <summary>What one round of one side gave: quantities by name, with their unit in the name where it is not obvious.</summary>
internal sealed class Reading : Dictionary<string, double>
{
    public Reading() : base(StringComparer.Ordinal) { }
}
