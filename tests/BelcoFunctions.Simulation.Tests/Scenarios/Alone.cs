using BelcoFunctions.Simulation.Tests.Scheduling;
using BelcoFunctions.Simulation.Tests.ServiceBus;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>Runs a writer while nobody interferes.</summary>
internal static class Alone
{
    public static StoreState Run(StoreState state, Scenario scenario, ClientPool pool, WriterProgram program)
    {
        using var run = new SimulatedRun(state, scenario.Pages, scenario.Now) { Bus = new SimulatedBus() };
        return Run(run, pool, program) is { } failure
            ? throw new InvalidOperationException($"{program.Name}: {failure}") : run.Store.State;
    }

    /// <summary>Returns what went wrong; null if nothing did.</summary>
    public static string? Run(SimulatedRun run, ClientPool pool, WriterProgram program)
    {
        List<Step> steps = [];
        run.Start([program], pool);
        while (!run.IsOver)
        {
            run.ListSteps(steps);
            if (!run.IsOver) run.Take(steps[0]);
        }

        return run.Failure;
    }
}
