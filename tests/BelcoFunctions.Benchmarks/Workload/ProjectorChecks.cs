namespace BelcoFunctions.Benchmarks.Workload;

internal static class ProjectorChecks
{
    /// <summary>Projects a batch of new events. A duplicate, or one that is left for later, would read as a quick one.</summary>
    public static async Task ApplyAsync(
        this Projector projector, IReadOnlyList<QueuedEvent> batch, CancellationToken cancellationToken)
    {
        var outcomes = await projector.ProjectAsync(batch, cancellationToken);
        if (outcomes.FirstOrDefault(outcome => outcome is not DeliveryOutcome.Projected) is { } other)
        {
            throw new InvalidOperationException($"An event was not applied: {other}");
        }
    }
}
