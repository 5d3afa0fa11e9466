using BelcoFunctions.Simulation.Tests.Judging;
using BelcoFunctions.Simulation.Tests.Local;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;
using BelcoFunctions.Simulation.Tests.ServiceBus;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Exploring;

/// <summary>Runs a scenario's schedules, and judges the end of each.</summary>
internal sealed class Explorer(Scenario scenario, ClientPool pool)
{
    private readonly StoreState start = scenario.Prepare(pool);
    private readonly SimulatedBus bus = scenario.PrepareQueues();
    private readonly byte[]? file = scenario.HasFile ? LocalStart.Prepare(scenario) : null;
    private readonly Aftermath aftermath = new(scenario, pool);
    private readonly List<Step> steps = [];

    /// <summary>The number of schedules, including those that ended early at a known state.</summary>
    public long Schedules { get; private set; }

    public long Requests { get; private set; }

    /// <summary>Different states of the store at the end.</summary>
    public int Ends => aftermath.Ends;

    /// <summary>Runs all orders of a search, or as many as the time allows.</summary>
    public (Defect? Defect, DepthFirst Search) SearchDepthFirst(DepthFirst search, Func<bool> isTimeOver)
    {
        do
        {
            if (Run(search) is { } defect) return (defect, search);
        }
        while (search.Next() && !isTimeOver());
        return (null, search);
    }

    /// <summary>The store at the end of the last schedule.</summary>
    public ulong LastState { get; private set; }

    public Defect? Walk(int seed) => Run(new RandomWalk(seed));

    /// <summary>Runs one schedule.</summary>
    /// <param name="chooser">Chooses the steps.</param>
    /// <param name="trace">Receives each step; null if nobody reads them.</param>
    public Defect? Run(IChooser chooser, Action<string>? trace = null)
    {
        var recorder = new Recorder(chooser);
        using var queueFile = file is null ? null : new LocalFile(file);
        using var run = new SimulatedRun(start, scenario.Pages, scenario.Now)
        {
            Trace = trace,
            Bus = bus.Copy(),
            File = queueFile,
            DeadLetters = scenario.HasQueues || scenario.HasFile ? [] : [.. scenario.DeadLetters.Select(e => e.Queued)],
        };
        run.Start(scenario.Writers, pool);
        Schedules++;
        var isCut = false;
        while (!run.IsOver && !isCut)
        {
            run.ListSteps(steps);
            if (run.IsOver) break;
            if (recorder.Choose(run, steps) is { } choice) run.Take(steps[choice]);
            else isCut = true;
        }

        Requests += run.Requests;
        LastState = run.Store.State.Hash;
        if (isCut) return null;
        var failure = run.Failure ?? aftermath.Judge(run);
        return failure is null ? null : new Defect(scenario.Name, failure, recorder.Recording);
    }

    /// <summary>Removes steps that the defect does not need. Returns the shortest schedule that still fails.</summary>
    public Defect Shrink(Defect defect)
    {
        for (var isShorter = true; isShorter;)
        {
            isShorter = false;
            for (var index = defect.Recording.Choices.Count - 1; index >= 0; index--)
            {
                if (index >= defect.Recording.Choices.Count || defect.Recording.Choices[index] == 0) continue;
                int[] choices = [.. defect.Recording.Choices];
                choices[index] = 0;
                if (Run(new Replay(new Recording(choices))) is not { } shorter
                    || Interferences(shorter) >= Interferences(defect)) continue;
                (defect, isShorter) = (shorter, true);
            }
        }

        return defect;
    }

    /// <summary>The steps of a schedule as readable text.</summary>
    public string Describe(Defect defect)
    {
        List<string> lines = [];
        Run(new Replay(defect.Recording), lines.Add);
        return $"{defect.Scenario}: {defect.Failure}\nSchedule {defect.Recording}\n{string.Join('\n', lines)}";
    }

    private static int Interferences(Defect defect) => defect.Recording.Choices.Count(choice => choice != 0);
}

/// <summary>A defect, and the schedule that shows it.</summary>
internal sealed record Defect(string Scenario, string Failure, Recording Recording);
