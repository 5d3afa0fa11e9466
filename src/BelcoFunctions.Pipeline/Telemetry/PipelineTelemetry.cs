using System.Diagnostics;
using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Telemetry;

/// <summary>The meter and the activity source of the library. Each stage has its own instruments and spans on them. Tags have few
/// possible values, and no value comes from a request: otherwise anybody could create any number of them.</summary>
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
