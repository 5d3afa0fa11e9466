using System.Diagnostics;
using BelcoFunctions.Simulation.Tests.Exploring;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests;

/// <summary>Explores for a long time, and says how far it is.</summary>
internal sealed class LongRun(IReadOnlyList<Scenario> scenarios, TextWriter output)
{
    private const int WalksInTurn = 200;
    private static readonly TimeSpan Report = TimeSpan.FromSeconds(10);

    private readonly ClientPool pool = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();

    public int Walk(int seed, TimeSpan time)
    {
        Explorer[] explorers = [.. scenarios.Select(scenario => new Explorer(scenario, pool))];
        var reported = TimeSpan.Zero;
        for (; clock.Elapsed < time; seed += WalksInTurn)
        {
            foreach (var explorer in explorers)
            {
                for (var walk = 0; walk < WalksInTurn; walk++)
                {
                    if (explorer.Walk(seed + walk) is not { } defect) continue;
                    output.WriteLine($"Seed {seed + walk} of {explorer.Describe(explorer.Shrink(defect))}");
                    return 2;
                }
            }

            if (clock.Elapsed - reported < Report) continue;
            reported = clock.Elapsed;
            Tell($"seed {seed + WalksInTurn}", explorers);
        }

        Tell("Done", explorers);
        return 0;
    }

    public int Search(int preemptions, int faults, TimeSpan timeForEach)
    {
        var found = 0;
        foreach (var scenario in scenarios)
        {
            var began = clock.Elapsed;
            var explorer = new Explorer(scenario, pool);
            var (defect, search) = explorer.SearchDepthFirst(
                new DepthFirst(preemptions, faults), () => clock.Elapsed - began > timeForEach);
            var time = clock.Elapsed - began;
            output.WriteLine($"{scenario.Name}: {(defect is not null ? "FAILS" : search.IsComplete ? "complete" : "NOT complete")}, "
                + $"{explorer.Schedules:N0} schedules, {explorer.Requests:N0} requests, {search.States:N0} states, "
                + $"{explorer.Ends:N0} ends, {time.TotalSeconds:N1} s, {explorer.Schedules / time.TotalSeconds:N0} schedules/s");
            if (defect is null) continue;
            output.WriteLine(explorer.Describe(explorer.Shrink(defect)));
            found++;
        }

        return found > 0 ? 2 : 0;
    }

    private void Tell(string position, Explorer[] explorers) => output.WriteLine(
        $"{clock.Elapsed:hh\\:mm\\:ss} {position}: {explorers.Sum(each => each.Schedules):N0} schedules, "
        + $"{explorers.Sum(each => each.Requests):N0} requests, {explorers.Sum(each => each.Ends):N0} ends, "
        + $"{explorers.Sum(each => each.Schedules) / clock.Elapsed.TotalSeconds:N0} schedules/s");
}
