using System.Diagnostics;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Starts and ends the spans of a batch and of its deliveries. A span is null if nobody listens.</summary>
internal static class ProjectingSpans
{
    /// <summary>The span of a batch: its rows are read and written within it. It has a link to the trace of each
    /// webhook.</summary>
    public static Activity? StartBatch(string queue, IEnumerable<QueuedEvent> batch)
    {
        var source = PipelineTelemetry.ActivitySource;
        if (!source.HasListeners()) return null;
        var links = batch.Select(queued => queued.WebhookContext()).OfType<ActivityContext>()
            .Select(webhook => new ActivityLink(webhook));
        return source.StartActivity("project batch", ActivityKind.Consumer, parentContext: default, links: links)
            ?.SetTag("belco.queue", queue);
    }

    /// <summary>The span of a delivery. Its parent is the webhook's span.</summary>
    public static Activity? StartDelivery(QueuedEvent queued)
    {
        // Deliveries of a batch are siblings, so this span must not become the current one.
        var current = Activity.Current;
        var span = PipelineTelemetry.ActivitySource.StartActivity(
            "project event", ActivityKind.Consumer, queued.WebhookContext() ?? default);
        Activity.Current = current;
        return span?.SetTag("belco.queue", queued.Queue);
    }

    public static void End(Activity? span, DeliveryOutcome outcome)
    {
        if (span is null) return;
        span.SetTag("belco.outcome", ProjectingMetrics.Tag(outcome));
        if (outcome is DeliveryOutcome.Failed or DeliveryOutcome.NeverProjectable) span.SetStatus(ActivityStatusCode.Error);
        span.Dispose();
    }
}
