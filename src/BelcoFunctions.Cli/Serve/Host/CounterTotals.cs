using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Telemetry;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>Adds up the library's counters since the start, because a developer's machine has no metrics server.</summary>
internal sealed class CounterTotals : IDisposable
{
    private readonly ConcurrentDictionary<(Instrument, object?, object?), Total> totals = new();
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
        .. totals.Values.Select(total => new CounterTotal(total.Counter, total.Tags, Volatile.Read(ref total.Count)))
            .OrderBy(total => total.Counter, StringComparer.Ordinal).ThenBy(total => total.Tags, StringComparer.Ordinal),
    ];

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, long measurement, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        // The library's counters have at most two tags. The text of the tags is made only once, because each webhook is
        // counted.
        var key = (instrument, tags.Length > 0 ? tags[0].Value : null, tags.Length > 1 ? tags[1].Value : null);
        if (!totals.TryGetValue(key, out var total)) total = totals.GetOrAdd(key, new Total(instrument.Name, ToText(tags)));
        Interlocked.Add(ref total.Count, measurement);
    }

    private static string ToText(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(", ", tags.ToArray().Select(tag => $"{tag.Key} {tag.Value}"));

    private sealed class Total(string counter, string tags)
    {
        public long Count;

        public string Counter => counter;

        public string Tags => tags;
    }
}

/// <summary>One row of <see cref="CounterTotals"/>.</summary>
/// <param name="Counter">The name of the instrument, like <c>belco.webhooks</c>.</param>
/// <param name="Tags">Like <c>event conversation.closed, outcome queued</c>.</param>
/// <param name="Count">The sum since the start.</param>
internal sealed record CounterTotal(string Counter, string Tags, long Count);
