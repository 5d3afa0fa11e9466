using System.Diagnostics;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Telemetry;

/// <summary>Follows an event from its webhook to its rows. The queued event carries the trace from one to the other.</summary>
public static class PipelineTracing
{
    public const string SourceName = "BelcoFunctions";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The span of a webhook; null when nobody listens.</summary>
    internal static Activity? StartWebhook() => Source.StartActivity("receive webhook", ActivityKind.Producer);

    /// <summary>The span of a batch, within which its rows are read and written, linked to the trace of each of its webhooks; null
    /// when nobody listens.</summary>
    internal static Activity? StartBatch(string queue, IEnumerable<QueuedEvent> batch)
    {
        if (!Source.HasListeners()) return null;
        var links = batch.Select(queued => Webhook(queued)).OfType<ActivityContext>().Select(webhook => new ActivityLink(webhook));
        return Source.StartActivity("project batch", ActivityKind.Consumer, parentContext: default, links: links)
            ?.SetTag("belco.queue", queue);
    }

    /// <summary>The span of a delivery, whose parent is the webhook's; null when nobody listens.</summary>
    internal static Activity? StartDelivery(QueuedEvent queued)
    {
        // The spans of a batch stand side by side: none of them is the parent of the next, or of what comes after.
        var current = Activity.Current;
        var span = Source.StartActivity("project event", ActivityKind.Consumer, Webhook(queued) ?? default);
        Activity.Current = current;
        return span?.SetTag("belco.queue", queued.Queue);
    }

    internal static void End(Activity? span, DeliveryOutcome outcome)
    {
        if (span is null) return;
        span.SetTag("belco.outcome", PipelineMetrics.Tag(outcome));
        if (outcome is DeliveryOutcome.Failed or DeliveryOutcome.NeverProjectable) span.SetStatus(ActivityStatusCode.Error);
        span.Dispose();
    }

    private static ActivityContext? Webhook(QueuedEvent queued) =>
        ActivityContext.TryParse(queued.TraceParent, traceState: null, isRemote: true, out var webhook) ? webhook : null;
}
