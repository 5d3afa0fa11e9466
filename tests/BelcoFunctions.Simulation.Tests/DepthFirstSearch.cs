using BelcoFunctions.Simulation.Tests.Exploring;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;
using Xunit.Abstractions;

namespace BelcoFunctions.Simulation.Tests;

/// <summary>Searches all orders of a scenario, in a test. The classes of these tests run beside each other.</summary>
public abstract class DepthFirstSearch(ITestOutputHelper output)
{
    private protected static Scenario Find(string name) => AllScenarios.List.Single(scenario => scenario.Name == name);

    private protected void Search(string name, int preemptions, int faults, params StepKind[] kinds) =>
        Search(Find(name), new DepthFirst(preemptions, faults, kinds));

    private protected void Search(Scenario scenario, DepthFirst orders)
    {
        var text = ExplorationThread.Run(() => Explore(scenario, orders));
        Assert.True(text.Length == 0, text);
    }

    private string Explore(Scenario scenario, DepthFirst orders)
    {
        var explorer = new Explorer(scenario, new ClientPool());
        var (defect, search) = explorer.SearchDepthFirst(orders, isTimeOver: () => false);
        output.WriteLine($"{explorer.Schedules} schedules, {search.States} states, {explorer.Ends} ends.");
        return defect is null ? "" : explorer.Describe(explorer.Shrink(defect));
    }
}
