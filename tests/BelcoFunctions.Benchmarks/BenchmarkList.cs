using BelcoFunctions.Benchmarks.Measuring;

namespace BelcoFunctions.Benchmarks;

/// <summary>All benchmarks, in the order of docs/performance.md.</summary>
internal static class BenchmarkList
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new Projecting.ProjectorBenchmark(),
    ];
}
