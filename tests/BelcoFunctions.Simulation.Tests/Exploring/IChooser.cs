using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Exploring;

/// <summary>Chooses the next step.</summary>
internal interface IChooser
{
    /// <summary>The place of the chosen step; null to end the run, because what follows was seen before.</summary>
    int? Choose(SimulatedRun run, IReadOnlyList<Step> steps);
}
