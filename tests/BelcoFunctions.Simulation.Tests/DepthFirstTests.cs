using BelcoFunctions.Simulation.Tests.Scenarios;
using Xunit.Abstractions;

namespace BelcoFunctions.Simulation.Tests;

/// <summary>Every order with one preemption.</summary>
public sealed class DepthFirstTests(ITestOutputHelper output) : DepthFirstSearch(output)
{
    public static TheoryData<string> All() => [.. AllScenarios.List.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_order_with_one_preemption_ends_well(string name) => Search(name, preemptions: 1, faults: 0);
}
