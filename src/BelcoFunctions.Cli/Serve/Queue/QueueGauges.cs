using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>Measures the local queues. On Azure, Service Bus has its own metrics.</summary>
internal static class QueueGauges
{
    public static void Create(IMeterFactory meters, SqliteQueue queue, TimeProvider time)
    {
        var meter = meters.CreatePipelineMeter();
        meter.CreateObservableGauge(
            "belco.queue.depth", () => queue.ReadStatistics().Select(each => Measure((long)each.Depth, each)),
            "{event}", "Events that wait in the queue.");
        meter.CreateObservableGauge(
            "belco.queue.age", () => queue.ReadStatistics().Select(each => Measure(Age(each, time).TotalSeconds, each)),
            "s", "Age of the oldest event in the queue.");
    }

    private static Measurement<T> Measure<T>(T value, QueueStatistics queue) where T : struct =>
        new(value, new KeyValuePair<string, object?>("queue", queue.Queue));

    private static TimeSpan Age(QueueStatistics queue, TimeProvider time) =>
        queue.OldestReceivedAt is { } oldest ? time.GetUtcNow() - oldest : TimeSpan.Zero;
}
