using System.Globalization;
using BelcoFunctions.Simulation.Tests.Exploring;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests;

/// <summary>A schedule can be run again: nothing in it depends on chance or on threads.</summary>
public sealed class SameSeedTests
{
    // For each of the three scenarios, so about a hundred in all.
    private const int Seeds = 34;

    [Theory]
    [InlineData("projector beside erase customer beside rebuild")]
    [InlineData("queue: two redrives and a receiver")]
    [InlineData("serve: beside a redrive and an erasure")]
    public void The_same_seed_gives_the_same_steps_and_rows(string name)
    {
        var scenario = AllScenarios.List.Single(scenario => scenario.Name == name);
        var (first, second) = ExplorationThread.Run(() => (Traces(scenario), Traces(scenario)));
        Assert.Equal(first, second);
        Assert.True(first.Distinct().Count() > Seeds / 2, "The walks hardly differ.");
    }

    private static List<string> Traces(Scenario scenario)
    {
        var explorer = new Explorer(scenario, new ClientPool());
        List<string> traces = [];
        for (var seed = 0; seed < Seeds; seed++)
        {
            List<string> lines = [];
            var defect = explorer.Run(new RandomWalk(seed), lines.Add);
            traces.Add(string.Join('\n', [.. lines, explorer.LastState.ToString(CultureInfo.InvariantCulture), defect?.Failure]));
        }

        return traces;
    }
}
