using System.Diagnostics;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>What both hosts do with a batch that a queue delivers.</summary>
public sealed class DeliveryProcessor(Projector projector, UnprojectedEventStore unprojected, ProjectingMetrics metrics)
{
    /// <summary>Deliveries that a host hands over at once, at most; <c>maxMessageBatchSize</c> in host.json says the same.</summary>
    public const int BatchSize = 50;

    /// <summary>The settlements, in the order of the batch. When cancelled, what is undecided is released.</summary>
    /// <param name="queue">One of <see cref="QueueNames"/>.</param>
    /// <param name="batch">Deliveries of that queue.</param>
    /// <param name="cancellationToken">The host is stopping, or the time for the batch is over.</param>
    public async Task<IReadOnlyList<Settlement>> ProcessAsync(
        string queue, IReadOnlyList<Delivery> batch, CancellationToken cancellationToken)
    {
        QueuedEvent[] events = [.. batch.Select(delivery => delivery.Event)];
        using var batchSpan = ProjectingSpans.StartBatch(queue, events);
        Activity?[] spans = [.. events.Select(ProjectingSpans.StartDelivery)];
        var outcomes = queue is QueueNames.UnprojectedEvents
            ? await unprojected.KeepAsync(events, cancellationToken)
            : await projector.ProjectAsync(events, cancellationToken);
        foreach (var (span, outcome) in spans.Zip(outcomes)) ProjectingSpans.End(span, outcome);
        metrics.BatchProcessed(queue, outcomes);
        return [.. outcomes.Zip(batch, (outcome, delivery) => Settlement.Of(outcome, delivery.Failures))];
    }
}
