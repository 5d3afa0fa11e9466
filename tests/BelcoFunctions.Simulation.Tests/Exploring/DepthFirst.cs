using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Exploring;

/// <summary>Chooses, run after run, every order within a limit of preemptions and faults. It ends a run at a state that it has
/// seen before, if at least as many preemptions and faults were left then as now.</summary>
/// <param name="maxPreemptions">The largest number of times that a writer is interrupted although it could continue.</param>
/// <param name="maxFaults">The largest number of faults in a run.</param>
/// <param name="faultKinds">The kinds of faults; empty for all that are worth searching.</param>
internal sealed class DepthFirst(int maxPreemptions, int maxFaults, params IReadOnlyList<StepKind> faultKinds) : IChooser
{
    // A refused or lost request is sent again, which changes nothing but the time. Random walks have these too.
    private static readonly StepKind[] Searched =
    [
        StepKind.LoseAnswer, StepKind.Outage, StepKind.ActionBusy, StepKind.Kill, StepKind.LocksExpire, StepKind.Deadline,
    ];

    private readonly HashSet<StepKind> kinds =
        [StepKind.Answer, StepKind.Timer, StepKind.TimePasses, .. faultKinds.Count == 0 ? Searched : faultKinds];

    /// <summary>A writer is interrupted only at every n-th step. 1 means at any step.</summary>
    public int InterruptEvery { get; init; } = 1;

    private readonly List<Choice> path = [];
    private readonly Dictionary<ulong, (int Preemptions, int Faults)> seen = [];
    private int depth;
    private int preemptions;
    private int faults;

    /// <summary>Different states.</summary>
    public int States => seen.Count;

    /// <summary>Whether no choice remains.</summary>
    public bool IsComplete { get; private set; }

    public int? Choose(SimulatedRun run, IReadOnlyList<Step> steps)
    {
        if (depth == path.Count)
        {
            if (WasSeen(run.StateHash())) return null;
            List<int> places = [];
            for (var place = 0; place < steps.Count; place++)
            {
                if (IsAllowed(steps[place]) && !IsOtherRead(run, steps[place])) places.Add(place);
            }

            path.Add(new Choice(places));
        }

        var chosen = path[depth++].Current;
        if (steps[chosen].IsPreemption) preemptions++;
        if (steps[chosen].IsFault) faults++;
        return chosen;
    }

    /// <summary>Moves to the next order. False if there is none.</summary>
    public bool Next()
    {
        (depth, preemptions, faults) = (0, 0, 0);
        while (path.Count > 0 && !path[^1].Next()) path.RemoveAt(path.Count - 1);
        IsComplete = path.Count == 0;
        return !IsComplete;
    }

    private bool IsAllowed(Step step) => kinds.Contains(step.Kind) && (!step.IsPreemption || depth % InterruptEvery == 0)
        && preemptions + (step.IsPreemption ? 1 : 0) <= maxPreemptions && faults + (step.IsFault ? 1 : 0) <= maxFaults;

    // Reads of one writer that wait together can be answered in any order: the result is the same.
    private static bool IsOtherRead(SimulatedRun run, Step step) => step.Kind is StepKind.Answer
        && run.Writers[step.Writer] is { FirstAnswer: >= 0 and var first, Requests: var requests } && step.Request > first
        && requests[first].IsRead && requests[step.Request].IsRead;

    private bool WasSeen(ulong state)
    {
        if (!seen.TryGetValue(state, out var before))
        {
            seen.Add(state, (preemptions, faults));
            return false;
        }

        if (before.Preemptions <= preemptions && before.Faults <= faults) return true;
        if (preemptions <= before.Preemptions && faults <= before.Faults) seen[state] = (preemptions, faults);
        return false;
    }

    private sealed class Choice(List<int> places)
    {
        private int index;

        public int Current => places[index];

        public bool Next() => ++index < places.Count;
    }
}
