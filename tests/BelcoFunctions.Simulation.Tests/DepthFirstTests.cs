using BelcoFunctions.Simulation.Tests.Exploring;
using BelcoFunctions.Simulation.Tests.Scenarios;
using Xunit.Abstractions;

namespace BelcoFunctions.Simulation.Tests;

/// <summary>Every order with one preemption. With three writers, the preemption may come only at every third
/// step.</summary>
public sealed class DepthFirstTests(ITestOutputHelper output) : DepthFirstSearch(output)
{
    // All orders of three writers take too long for each build.
    private const int InterruptThreeEvery = 3;

    public static TheoryData<string> All() => [.. AllScenarios.List.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_order_with_one_preemption_ends_well(string name)
    {
        var scenario = Find(name);
        var every = scenario.Writers.Count < 3 ? 1 : InterruptThreeEvery;
        Search(scenario, new DepthFirst(maxPreemptions: 1, maxFaults: 0) { InterruptEvery = every });
    }
}
