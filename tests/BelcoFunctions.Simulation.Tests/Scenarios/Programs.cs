using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Unprojected;
using BelcoFunctions.Simulation.Tests.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>The programs of a scenario's writers. They use the library like the hosts.</summary>
internal static class Programs
{
    private static readonly RetentionMetrics Metrics = new ServiceCollection().AddMetrics().AddSingleton<RetentionMetrics>()
        .BuildServiceProvider().GetRequiredService<RetentionMetrics>();

    /// <summary>Belco sends events again: large bodies are stored again too, and all are delivered at once.</summary>
    public static WriterProgram Resend(string name, params SimulatedEvent[] events) => new(name, async life =>
    {
        foreach (var e in events.Where(e => e.IsLarge)) await life.Blobs.PutAsync(e.Body, life.Stopping);
        await Delivering.DeliverAsync(life, [.. events.Select(e => e.Queued)]);
    });

    /// <summary>A queue delivers events, again and again until each is settled.</summary>
    public static WriterProgram Deliver(string name, params SimulatedEvent[] events) =>
        new(name, life => Delivering.DeliverAsync(life, [.. events.Select(e => e.Queued)]));

    public static WriterProgram Erase(ErasureRequest request) => new(
        request is ErasureRequest.OfCustomer ? "erase customer" : "erase conversation", async life =>
    {
        while ((await life.Eraser().EraseAsync(request, progress: null, life.Stopping)).Remaining > 0)
        {
            // The operator is told to run it again.
        }
    });

    public static WriterProgram Retain(RetentionSettings settings) => new("retention", async life =>
    {
        var retention = new Retention(life.Eraser(), settings, Metrics, life.Time, NullLogger<Retention>.Instance);
        while ((await retention.ApplyAsync(life.Stopping)).Remaining > 0)
        {
            // The next day.
        }
    });

    /// <param name="mayChange">Whether the rows may differ from their timelines.</param>
    public static WriterProgram Rebuild(bool mayChange = true) => new("rebuild", async life =>
    {
        var rebuilder = life.Rebuilder();
        await foreach (var (shopId, conversationId) in rebuilder.ListAsync(SimulatedEvent.Shop, life.Stopping))
        {
            var outcome = await rebuilder.RebuildAsync(shopId, conversationId, dryRun: false, life.Stopping);
            if (outcome is RebuildOutcome.Failed { Reason: not ("others kept writing it" or "another version wrote it") } failed)
            {
                life.Run.Fail($"The rebuild of {conversationId} failed: {failed.Reason}");
            }

            if (!mayChange && outcome is RebuildOutcome.Changed) life.Run.Fail($"The rebuild changed {conversationId}");
        }
    });

    public static WriterProgram Replay { get; } = new("replay", async life =>
    {
        for (var isDone = false; !isDone;)
        {
            isDone = true;
            await foreach (var replayed in life.Replay().ReplayAsync(new UnprojectedSelection(), limit: null, life.Stopping))
            {
                if (replayed.Outcome is not ReplayOutcome.TryAgain later) continue;
                life.Stopping.ThrowIfCancellationRequested();
                if (!life.HadFault) life.Run.Fail($"The replay has to be tried again without a fault: {later.Reason}");
                isDone = false;
            }
        }
    });

    public static WriterProgram EraseDeadLetters { get; } = new("erase dead letters", async life =>
    {
        var deadLetters = life.ErasedDeadLetters();
        var erased = deadLetters.Begin();
        foreach (var deadLetter in life.Run.DeadLetters.ToArray())
        {
            if (await deadLetters.EraseAsync(deadLetter, erased, life.Stopping) is not StrayOutcome.Erased) continue;
            life.Run.DeadLetters.Remove(deadLetter);
        }
    });
}
