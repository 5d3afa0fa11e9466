using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Counts deliveries, and measures batch sizes and the projection lag.</summary>
public sealed class ProjectingMetrics
{
    private readonly Counter<long> deliveries;
    private readonly Histogram<int> batchSize;
    private readonly Histogram<double> lag;

    public ProjectingMetrics(IMeterFactory meters)
    {
        var meter = meters.CreatePipelineMeter();
        deliveries = meter.CreateCounter<long>(
            "belco.deliveries", "{delivery}", "Deliveries of queued events by queue and outcome.");
        batchSize = meter.CreateHistogram<int>("belco.batch.size", "{delivery}", "Deliveries that were processed together.");
        lag = meter.CreateHistogram<double>("belco.projection.lag", "s", "Time from an item's createdAt to its rows.");
    }

    internal void BatchProcessed(string queue, IReadOnlyList<DeliveryOutcome> outcomes)
    {
        batchSize.Record(outcomes.Count, new KeyValuePair<string, object?>("queue", queue));
        foreach (var outcome in outcomes) deliveries.Add(1, new("queue", queue), new("outcome", Tag(outcome)));
    }

    internal void EventProjected(TimeSpan sinceItHappened) => lag.Record(sinceItHappened.TotalSeconds);

    internal static string Tag(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Projected => "projected",
        DeliveryOutcome.Kept => "kept",
        DeliveryOutcome.Duplicate => "duplicate",
        DeliveryOutcome.Erased => "erased",
        DeliveryOutcome.NeverProjectable => "never-projectable",
        DeliveryOutcome.RetryLater => "retry-later",
        DeliveryOutcome.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };
}
