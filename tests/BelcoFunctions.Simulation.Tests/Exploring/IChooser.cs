using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Exploring;

/// <summary>Chooses the next step.</summary>
internal interface IChooser
{
    /// <summary>The index of the chosen step, or null to end the run because the rest is already known.</summary>
    int? Choose(SimulatedRun run, IReadOnlyList<Step> steps);
}
