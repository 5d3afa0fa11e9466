using BelcoFunctions.Simulation.Tests.Exploring;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;
using Xunit.Abstractions;

namespace BelcoFunctions.Simulation.Tests;

/// <summary>Every schedule with one preemption; for the orders in which erasing once went wrong also with one kill.</summary>
public sealed class DepthFirstTests(ITestOutputHelper output)
{
    public static TheoryData<string> All() => [.. AllScenarios.List.Select(scenario => scenario.Name)];

    public static TheoryData<string> Eight() => [.. EightOrders.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_order_with_one_preemption_ends_well(string name) => Search(name, faults: 0);

    [Theory]
    [MemberData(nameof(Eight))]
    public void Every_order_with_one_preemption_and_one_kill_ends_well(string name) => Search(name, faults: 1);

    private void Search(string name, int faults)
    {
        var text = ExplorationThread.Run(() => Explore(name, faults));
        Assert.True(text.Length == 0, text);
    }

    private string Explore(string name, int faults)
    {
        var explorer = new Explorer(AllScenarios.List.Single(scenario => scenario.Name == name), new ClientPool());
        var (defect, search) = explorer.SearchDepthFirst(
            new DepthFirst(maxPreemptions: 1, faults, StepKind.Kill), isTimeOver: () => false);
        output.WriteLine($"{explorer.Schedules} schedules, {search.States} states, {explorer.Ends} ends.");
        return defect is null ? "" : explorer.Describe(explorer.Shrink(defect));
    }
}
