using BelcoFunctions.Simulation.Tests.Exploring;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;
using Xunit.Abstractions;

namespace BelcoFunctions.Simulation.Tests;

/// <summary>The orders of requests in which erasing once went wrong: every schedule with one preemption and one fault.</summary>
public sealed class EightOrderTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names() => [.. EightOrders.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_order_ends_well(string name)
    {
        var text = ExplorationThread.Run(() =>
        {
            var explorer = new Explorer(EightOrders.All.Single(scenario => scenario.Name == name), new ClientPool());
            var (defect, search) = explorer.SearchDepthFirst(preemptions: 1, faults: 1, isTimeOver: () => false);
            output.WriteLine($"{explorer.Schedules} schedules, {search.States} states, {explorer.Ends} ends.");
            return defect is null ? "" : explorer.Describe(explorer.Shrink(defect));
        });
        Assert.Equal("", text);
    }
}
