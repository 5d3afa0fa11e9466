using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Testing.Storage;

/// <summary>Metrics without a listener.</summary>
internal static class TestMetrics
{
    private static readonly IMeterFactory Meters =
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    public static ReceivingMetrics Receiving { get; } = new(Meters);

    public static ProjectingMetrics Projecting { get; } = new(Meters);
}
