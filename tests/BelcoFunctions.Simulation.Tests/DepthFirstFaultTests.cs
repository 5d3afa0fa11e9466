using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;
using Xunit.Abstractions;

namespace BelcoFunctions.Simulation.Tests;

/// <summary>Every schedule of the queues with one fault. For the orders that once went wrong, every schedule with a
/// preemption and a kill.</summary>
public sealed class DepthFirstFaultTests(ITestOutputHelper output) : DepthFirstSearch(output)
{
    public static TheoryData<string> Deep() => [.. AllScenarios.Deep.Select(scenario => scenario.Name)];

    // With three writers, there are too many schedules for each build.
    public static TheoryData<string> OfQueues() =>
        [.. Queues.All.Where(scenario => scenario.Writers.Count < 3).Select(scenario => scenario.Name)];

    public static TheoryData<string> OfServe() =>
        [.. Serves.All.Where(scenario => scenario.Writers.Count < 3).Select(scenario => scenario.Name)];

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
}
