using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Counts webhooks and measures how long they wait for their answer.</summary>
public sealed class ReceivingMetrics
{
    private readonly Counter<long> webhooks;
    private readonly Histogram<double> duration;

    public ReceivingMetrics(IMeterFactory meters)
    {
        var meter = meters.CreatePipelineMeter();
        webhooks = meter.CreateCounter<long>("belco.webhooks", "{webhook}", "Webhooks by event and outcome.");
        duration = meter.CreateHistogram<double>("belco.webhook.duration", "s", "From the request's body to the answer.");
    }

    internal void Received(string? eventName, ReceiveOutcome outcome, TimeSpan elapsed)
    {
        var tag = Tag(outcome);
        webhooks.Add(1, new("event", EventTag(eventName)), new("outcome", tag));
        duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("outcome", tag));
    }

    private static string Tag(ReceiveOutcome outcome) => outcome switch
    {
        // An event that cannot be projected is queued too. It has its own tag, because an operator wants to know when one of
        // the six events of EventNames arrives in a form that cannot be projected.
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
