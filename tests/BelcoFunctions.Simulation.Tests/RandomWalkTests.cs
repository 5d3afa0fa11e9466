using System.Diagnostics;
using System.Globalization;
using BelcoFunctions.Simulation.Tests.Exploring;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;
using Xunit.Abstractions;

namespace BelcoFunctions.Simulation.Tests;

/// <summary>Walks at random through all scenarios for some seconds. <c>SIMULATION_SEED</c> sets the first seed, and
/// <c>SIMULATION_SECONDS</c> the time.</summary>
public sealed class RandomWalkTests(ITestOutputHelper output)
{
    private const int WalksOfHistory = 8;

    // The same seed each time, so that two builds on one machine take nearly the same walks.
    private const int FirstSeed = 1;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(Read("SIMULATION_SECONDS") ?? 30);

    [Fact]
    public void Every_random_walk_ends_well()
    {
        var seed = Read("SIMULATION_SEED") ?? FirstSeed;
        output.WriteLine($"The first seed is {seed}.");
        var defect = ExplorationThread.Run(() => Explore(seed));
        Assert.True(defect.Length == 0, defect);
    }

    private string Explore(int seed)
    {
        var (clock, pool) = (Stopwatch.StartNew(), new ClientPool());
        Explorer[] explorers = [.. AllScenarios.List.Select(scenario => new Explorer(scenario, pool))];
        Explorer[] queues = [.. Queues.All.Concat(Serves.All).Select(scenario => new Explorer(scenario, pool))];
        var schedules = 0L;
        for (; clock.Elapsed < Time; seed++)
        {
            var history = new Explorer(GeneratedHistory.Create(seed), pool);
            IEnumerable<Explorer> turn =
            [
                .. Enumerable.Repeat(history, WalksOfHistory), explorers[seed % explorers.Length], queues[seed % queues.Length],
            ];
            foreach (var (walk, explorer) in turn.Index())
            {
                schedules++;
                if (explorer.Walk(seed + walk) is { } defect)
                {
                    return $"Seed {seed + walk} of {explorer.Describe(explorer.Shrink(defect))}";
                }
            }
        }

        output.WriteLine($"{schedules} schedules, {schedules / clock.Elapsed.TotalSeconds:N0} a second.");
        return "";
    }

    private static int? Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var set) ? set : null;
}
