using System.Diagnostics;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>The spans of a batch and of its deliveries. Each is null when nobody listens.</summary>
internal static class ProjectingSpans
{
    /// <summary>The span of a batch, within which its rows are read and written, linked to the trace of each of its webhooks.</summary>
    public static Activity? StartBatch(string queue, IEnumerable<QueuedEvent> batch)
    {
        var source = PipelineTelemetry.ActivitySource;
        if (!source.HasListeners()) return null;
        var links = batch.Select(queued => queued.WebhookContext()).OfType<ActivityContext>().Select(webhook => new ActivityLink(webhook));
        return source.StartActivity("project batch", ActivityKind.Consumer, parentContext: default, links: links)
            ?.SetTag("belco.queue", queue);
    }

    /// <summary>The span of a delivery, whose parent is the webhook's.</summary>
    public static Activity? StartDelivery(QueuedEvent queued)
    {
        // The spans of a batch stand side by side: none of them is the parent of the next, or of what comes after.
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
