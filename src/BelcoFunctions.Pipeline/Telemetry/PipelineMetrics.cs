using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;

namespace BelcoFunctions.Pipeline.Telemetry;

/// <summary>What an operator can count and measure. Tags have few values, all of them ours: a stranger must not make new ones.</summary>
public sealed class PipelineMetrics
{
    public const string MeterName = "BelcoFunctions";

    private readonly Meter meter;
    private readonly Counter<long> webhooks;
    private readonly Histogram<double> acknowledgement;
    private readonly Counter<long> deliveries;
    private readonly Histogram<int> batchSize;
    private readonly Histogram<double> projectionLag;

    public PipelineMetrics(IMeterFactory meters)
    {
        meter = meters.Create(MeterName);
        webhooks = meter.CreateCounter<long>("belco.webhooks", "{webhook}", "Webhooks by event and outcome.");
        acknowledgement = meter.CreateHistogram<double>("belco.webhook.duration", "s", "From the request's body to the answer.");
        deliveries = meter.CreateCounter<long>("belco.deliveries", "{delivery}", "Deliveries of queued events by queue and outcome.");
        batchSize = meter.CreateHistogram<int>("belco.batch.size", "{delivery}", "Deliveries that were processed together.");
        projectionLag = meter.CreateHistogram<double>("belco.projection.lag", "s", "From when something happened to its rows.");
    }

    /// <summary>Shows what waits in the queues, where the host has them itself. Service Bus has metrics of its own.</summary>
    public void ObserveQueues(Func<IEnumerable<QueueLevel>> read)
    {
        meter.CreateObservableGauge("belco.queue.depth", () => read().Select(level =>
            new Measurement<long>(level.Depth, new KeyValuePair<string, object?>("queue", level.Queue))), "{event}", "Events that wait.");
        meter.CreateObservableGauge("belco.queue.age", () => read().Select(level =>
            new Measurement<double>(level.Age.TotalSeconds, new KeyValuePair<string, object?>("queue", level.Queue))), "s", "Age of the oldest.");
    }

    internal void WebhookReceived(string? eventName, ReceiveOutcome outcome, TimeSpan duration)
    {
        var tag = Tag(outcome);
        webhooks.Add(1, new("event", EventTag(eventName)), new("outcome", tag));
        acknowledgement.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", tag));
    }

    internal void BatchProcessed(string queue, IReadOnlyList<DeliveryOutcome> outcomes)
    {
        batchSize.Record(outcomes.Count, new KeyValuePair<string, object?>("queue", queue));
        foreach (var outcome in outcomes) deliveries.Add(1, new("queue", queue), new("outcome", Tag(outcome)));
    }

    internal void EventProjected(TimeSpan lag) => projectionLag.Record(lag.TotalSeconds);

    internal static string Tag(DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Applied => "applied",
        DeliveryOutcome.Duplicate => "duplicate",
        DeliveryOutcome.NeverProjectable => "never-projectable",
        DeliveryOutcome.RetryLater => "retry-later",
        DeliveryOutcome.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static string Tag(ReceiveOutcome outcome) => outcome switch
    {
        // Queued as well, but an operator wants to know when an event that is projected comes in a form that cannot be.
        ReceiveOutcome.Queued { Queue: QueueNames.UnprojectedEvents } => "unprojected",
        ReceiveOutcome.Queued => "queued",
        ReceiveOutcome.Malformed => "malformed",
        ReceiveOutcome.SignatureRejected => "signature-rejected",
        ReceiveOutcome.LengthRequired => "length-required",
        ReceiveOutcome.TooLarge => "too-large",
        ReceiveOutcome.Unavailable => "unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    private static string EventTag(string? eventName) =>
        eventName is null ? "none" : EventNames.IsProjected(eventName) ? eventName : "other";
}

/// <param name="Queue">One of <see cref="QueueNames"/>.</param>
/// <param name="Depth">Events that wait.</param>
/// <param name="Age">Since the oldest of them was received.</param>
public readonly record struct QueueLevel(string Queue, long Depth, TimeSpan Age);
