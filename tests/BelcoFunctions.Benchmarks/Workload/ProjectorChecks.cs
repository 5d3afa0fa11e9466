namespace BelcoFunctions.Benchmarks.Workload;

internal static class ProjectorChecks
{
    /// <summary>Projects a batch of new events. Fails on a duplicate or a retry, which would look like a fast
    /// projection.</summary>
    public static async Task ApplyAsync(
        this Projector projector, IReadOnlyList<QueuedEvent> batch, CancellationToken cancellationToken)
    {
        var outcomes = await projector.ProjectAsync(batch, cancellationToken);
        if (outcomes.FirstOrDefault(outcome => outcome is not DeliveryOutcome.Projected) is { } other)
        {
            throw new InvalidOperationException($"An event was not projected: {other}");
        }
    }
}
