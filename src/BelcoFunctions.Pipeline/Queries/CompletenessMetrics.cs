using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Measures how long the archive has not been complete. One value for all shops: a shop's id comes from a request, so it
/// is no tag.</summary>
public sealed class CompletenessMetrics
{
    private readonly Gauge<int> days;

    public CompletenessMetrics(IMeterFactory meters) => days = meters.CreatePipelineMeter().CreateGauge<int>(
        "belco.import.incomplete.days", "d",
        "Whole days since the archive was complete, for the shop where this is longest ago.");

    internal void Measured(int longest) => days.Record(longest);
}
