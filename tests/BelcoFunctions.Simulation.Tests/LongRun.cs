using System.Diagnostics;
using BelcoFunctions.Simulation.Tests.Exploring;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests;

/// <summary>Explores for a long time, and shows its progress.</summary>
internal sealed class LongRun(IReadOnlyList<Scenario> scenarios, TextWriter output)
{
    private const int WalksInTurn = 50;
    private const int WalksOfHistory = 10;
    private static readonly TimeSpan Report = TimeSpan.FromSeconds(10);

    private readonly ClientPool pool = new();
    private readonly bool isEverything = scenarios.Count == AllScenarios.List.Count;
    private (long Schedules, long Requests, long Ends) histories;
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
                    if (!EndsWell(explorer, seed + walk)) return 2;
                }
            }

            for (var history = 0; isEverything && history < WalksInTurn; history++)
            {
                var explorer = new Explorer(GeneratedHistory.Create(seed + history), pool);
                for (var walk = 0; walk < WalksOfHistory; walk++)
                {
                    if (!EndsWell(explorer, seed + walk)) return 2;
                }

                Add(explorer);
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
            var result = defect is not null ? "FAILS" : search.IsComplete ? "complete" : "NOT complete";
            output.WriteLine($"{scenario.Name}: {result}, "
                + $"{explorer.Schedules:N0} schedules, {explorer.Requests:N0} requests, {search.States:N0} states, "
                + $"{explorer.Ends:N0} ends, {time.TotalSeconds:N1} s, {explorer.Schedules / time.TotalSeconds:N0} schedules/s");
            if (defect is null) continue;
            output.WriteLine(explorer.Describe(explorer.Shrink(defect)));
            found++;
        }

        return found > 0 ? 2 : 0;
    }

    private bool EndsWell(Explorer explorer, int seed)
    {
        if (explorer.Walk(seed) is not { } defect) return true;
        output.WriteLine($"Seed {seed} of {explorer.Describe(explorer.Shrink(defect))}");
        return false;
    }

    private void Add(Explorer explorer) => histories = (histories.Schedules + explorer.Schedules,
        histories.Requests + explorer.Requests, histories.Ends + explorer.Ends);

    private void Tell(string position, Explorer[] explorers)
    {
        var schedules = histories.Schedules + explorers.Sum(each => each.Schedules);
        var processor = Environment.CpuUsage.TotalTime.TotalSeconds;
        output.WriteLine($"{clock.Elapsed:hh\\:mm\\:ss} {position}: {schedules:N0} schedules, "
            + $"{histories.Requests + explorers.Sum(each => each.Requests):N0} requests, "
            + $"{histories.Ends + explorers.Sum(each => each.Ends):N0} different ends; "
            + $"{schedules / clock.Elapsed.TotalSeconds:N0} schedules a second, "
            + $"{schedules / processor:N0} a second of processor time");
    }
}
