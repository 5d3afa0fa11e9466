using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Exploring;

/// <summary>Chooses at random. In most steps the same writer continues, in some another one does, and in a few something fails.
/// The same seed makes the same choices.</summary>
internal sealed class RandomWalk : IChooser
{
    private readonly Random random;
    private readonly double preemptions;
    private int faults;

    public RandomWalk(int seed)
    {
        random = new Random(seed);
        // Some walks change the writer at each step, others hardly ever; some have no fault.
        preemptions = random.NextDouble() * random.NextDouble();
        faults = random.Next(4);
    }

    public int? Choose(SimulatedRun run, IReadOnlyList<Step> steps)
    {
        var orderly = 0;
        while (orderly < steps.Count && !steps[orderly].IsFault) orderly++;
        if (faults > 0 && orderly < steps.Count && random.Next(20) == 0)
        {
            faults--;
            return random.Next(orderly, steps.Count);
        }

        return orderly > 1 && (!HasFirstChoice(steps) || random.NextDouble() < preemptions) ? random.Next(orderly) : 0;
    }

    // If no writer is at work, no step interrupts one, and the first step is no better than the others.
    private static bool HasFirstChoice(IReadOnlyList<Step> steps) => steps[1].IsPreemption;
}
