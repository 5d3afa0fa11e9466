using BelcoFunctions.Pipeline.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Pipeline.Tests.Storage;

/// <summary>Metrics that nobody looks at.</summary>
internal static class TestMetrics
{
    public static PipelineMetrics Unwatched { get; } = new ServiceCollection()
        .AddMetrics().AddSingleton<PipelineMetrics>().BuildServiceProvider().GetRequiredService<PipelineMetrics>();
}
