using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Local.Status;

/// <summary>Adds up the library's counters since the start, because a developer's machine has no metrics server.</summary>
internal sealed class CounterTotals : IDisposable
{
    private readonly ConcurrentDictionary<(string Counter, string Tags), long> totals = new();
    private readonly MeterListener listener = new();

    public CounterTotals()
    {
        listener.InstrumentPublished = (instrument, owner) =>
        {
            if (instrument.Meter.Name != PipelineTelemetry.MeterName || instrument is not Counter<long>) return;
            owner.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(Add);
        listener.Start();
    }

    /// <summary>The totals, by counter and tags.</summary>
    public IReadOnlyList<CounterTotal> Read() =>
    [
        .. totals.Select(total => new CounterTotal(total.Key.Counter, total.Key.Tags, total.Value))
            .OrderBy(total => total.Counter, StringComparer.Ordinal).ThenBy(total => total.Tags, StringComparer.Ordinal),
    ];

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, long measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        var text = string.Join(", ", tags.ToArray().Select(tag => $"{tag.Key} {tag.Value}"));
        totals.AddOrUpdate((instrument.Name, text), measurement, (_, total) => total + measurement);
    }
}

/// <summary>One row of <see cref="CounterTotals"/>.</summary>
/// <param name="Counter">The name of the instrument, like <c>belco.webhooks</c>.</param>
/// <param name="Tags">Like <c>event conversation.closed, outcome queued</c>.</param>
/// <param name="Count">The sum since the start.</param>
internal sealed record CounterTotal(string Counter, string Tags, long Count);
