using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Infra.Tests;

/// <summary>The metrics that the library really records, read from its own meter.</summary>
internal static class LibraryMetrics
{
    /// <summary>The instruments, without those of the local host's own queue.</summary>
    public static IReadOnlyList<string> Instruments => Listen(_ => { }).Instruments;

    /// <summary>The tags of a webhook's count.</summary>
    public static IReadOnlyDictionary<string, string> TagsOf(string eventName, ReceiveOutcome outcome) =>
        Listen(metrics => metrics.Received(eventName, outcome, TimeSpan.Zero)).Tags;

    /// <summary>The tags of the outcomes that a webhook can have. "queued" stands for every queue.</summary>
    public static IReadOnlyList<string> WebhookOutcomes =>
    [
        .. typeof(ReceiveOutcome).GetNestedTypes()
            .Select(type => TagsOf("", (ReceiveOutcome)RuntimeHelpers.GetUninitializedObject(type))["outcome"]),
    ];

    private static (IReadOnlyList<string> Instruments, IReadOnlyDictionary<string, string> Tags) Listen(
        Action<ReceivingMetrics> measure)
    {
        var (instruments, tags) = (new List<string>(), new Dictionary<string, string>());
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Tests run in parallel, each with its own meter. Only the meter of table requests is shared.
                var meter = instrument.Meter;
                if (meter.Name != PipelineTelemetry.MeterName || meter.Scope is { } scope && scope != meters) return;
                instruments.Add(instrument.Name);
                if (instrument is Counter<long>) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, measured, _) =>
        {
            foreach (var (name, value) in measured) tags[name] = value!.ToString()!;
        });
        listener.Start();
        // It creates its instrument with the first count.
        RuntimeHelpers.RunClassConstructor(typeof(TableRequestCounter).TypeHandle);
        _ = new ProjectingMetrics(meters);
        _ = new RetentionMetrics(meters);
        _ = new CompletenessMetrics(meters);
        measure(new ReceivingMetrics(meters));
        return (instruments, tags);
    }
}
