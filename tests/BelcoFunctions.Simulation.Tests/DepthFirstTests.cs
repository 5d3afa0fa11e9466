using BelcoFunctions.Simulation.Tests.Exploring;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;
using Xunit.Abstractions;

namespace BelcoFunctions.Simulation.Tests;

/// <summary>Every schedule with one preemption; for the orders that once went wrong also with one kill, and for
/// the queues every schedule with one fault.</summary>
public sealed class DepthFirstTests(ITestOutputHelper output)
{
    public static TheoryData<string> All() => [.. AllScenarios.List.Select(scenario => scenario.Name)];

    public static TheoryData<string> Deep() => [.. AllScenarios.Deep.Select(scenario => scenario.Name)];

    // With three writers there are too many for each build.
    public static TheoryData<string> OfQueues() =>
        [.. Queues.All.Where(scenario => scenario.Writers.Count < 3).Select(scenario => scenario.Name)];

    public static TheoryData<string> OfServe() =>
        [.. Serves.All.Where(scenario => scenario.Writers.Count < 3).Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_order_with_one_preemption_ends_well(string name) => Search(name, preemptions: 1, faults: 0);

    [Theory]
    [MemberData(nameof(Deep))]
    public void Every_order_with_one_preemption_and_one_kill_ends_well(string name) =>
        Search(name, preemptions: 1, faults: 1, StepKind.Kill);

    [Theory]
    [MemberData(nameof(OfQueues))]
    public void Every_schedule_of_a_queue_with_one_fault_ends_well(string name) =>
        Search(name, preemptions: 0, faults: 1, StepKind.Kill, StepKind.LocksExpire, StepKind.LoseAnswer);

    [Theory]
    [MemberData(nameof(OfServe))]
    public void Every_order_of_serve_with_one_kill_ends_well(string name) =>
        Search(name, preemptions: 0, faults: 1, StepKind.Kill);

    private void Search(string name, int preemptions, int faults, params StepKind[] kinds)
    {
        var text = ExplorationThread.Run(() => Explore(name, new DepthFirst(preemptions, faults, kinds)));
        Assert.True(text.Length == 0, text);
    }

    private string Explore(string name, DepthFirst orders)
    {
        var explorer = new Explorer(AllScenarios.List.Single(scenario => scenario.Name == name), new ClientPool());
        var (defect, search) = explorer.SearchDepthFirst(orders, isTimeOver: () => false);
        output.WriteLine($"{explorer.Schedules} schedules, {search.States} states, {explorer.Ends} ends.");
        return defect is null ? "" : explorer.Describe(explorer.Shrink(defect));
    }
}
