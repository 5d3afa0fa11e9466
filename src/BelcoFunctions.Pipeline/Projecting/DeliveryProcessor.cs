using System.Diagnostics;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Processes the batches that a queue delivers, in both hosts.</summary>
public sealed class DeliveryProcessor(Projector projector, UnprojectedEventStore unprojected, ProjectingMetrics metrics)
{
    /// <summary>The most deliveries in a batch. <c>maxMessageBatchSize</c> in host.json has the same value.</summary>
    public const int BatchSize = 50;

    /// <summary>Returns the outcome of each delivery and how to settle it, in the order of the batch. On cancellation,
    /// deliveries without an outcome are abandoned.</summary>
    /// <param name="queue">One of <see cref="QueueNames"/>.</param>
    /// <param name="batch">Deliveries of that queue.</param>
    /// <param name="cancellationToken">The host is stopping, or the time for the batch is over.</param>
    public async Task<IReadOnlyList<ProcessedDelivery>> ProcessAsync(
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
        return
        [
            .. outcomes.Zip(batch, (outcome, delivery) =>
                new ProcessedDelivery(outcome, Settlement.From(outcome, delivery.Failures))),
        ];
    }
}

/// <summary>The outcome of a delivery, and its settlement.</summary>
/// <param name="Outcome">What the library did with the event.</param>
/// <param name="Settlement">What the host does with the delivery.</param>
public readonly record struct ProcessedDelivery(DeliveryOutcome Outcome, Settlement Settlement);
