using BelcoFunctions.Benchmarks.App;
using BelcoFunctions.Benchmarks.Exporting;
using BelcoFunctions.Benchmarks.Projecting;
using BelcoFunctions.Benchmarks.Querying;
using BelcoFunctions.Benchmarks.Queueing;
using BelcoFunctions.Benchmarks.Receiving;
using BelcoFunctions.Benchmarks.Serving;
using BelcoFunctions.Benchmarks.Starting;

namespace BelcoFunctions.Benchmarks;

/// <summary>All benchmarks, in the order of docs/performance.md.</summary>
internal static class BenchmarkList
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        new StartBenchmark(),
        new ReceiveBenchmark(),
        new AppBenchmark(),
        new ProjectorBenchmark(),
        new FoldBenchmark(),
        new GrowthBenchmark(),
        new EnqueueBenchmark(),
        new AcknowledgeBenchmark(),
        new BurstBenchmark(),
        new IdleBenchmark(),
        new ListBenchmark(),
        new PageBenchmark(),
        new ExportBenchmark(),
        new ReportBenchmark(),
    ];
}
