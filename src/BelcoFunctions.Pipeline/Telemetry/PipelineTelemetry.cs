using System.Diagnostics;
using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Telemetry;

/// <summary>The one meter and the one activity source of the library. Each stage has its own instruments and spans. Tags have few
/// values, all of them ours: a stranger must not be able to make new ones.</summary>
public static class PipelineTelemetry
{
    public const string MeterName = "BelcoFunctions";

    public const string ActivitySourceName = "BelcoFunctions";

    internal static ActivitySource ActivitySource { get; } = new(ActivitySourceName);

    /// <summary>The meter: the same one for each call with the same factory.</summary>
    public static Meter CreatePipelineMeter(this IMeterFactory meters) => meters.Create(MeterName);

    /// <summary>The trace of the webhook that brought an event; null when it has none, or none that can be read.</summary>
    internal static ActivityContext? WebhookContext(this QueuedEvent queued) =>
        ActivityContext.TryParse(queued.TraceParent, traceState: null, isRemote: true, out var webhook) ? webhook : null;
}
