using System.Diagnostics;
using BelcoFunctions.Simulation.Tests.Exploring;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Mutants;

/// <summary>Looks for the first defect. First it runs all scenarios undisturbed, then with one fault, then with one
/// preemption, and then the orders that once went wrong with one fault and one preemption. Each has its share of the time.
/// Random walks use the rest.</summary>
internal sealed class Hunt(TextWriter output)
{
    /// <summary>The status of a process that found a defect.</summary>
    public const int Found = 2;

    private static readonly StepKind[] Faults =
        [StepKind.Kill, StepKind.Outage, StepKind.LoseAnswer, StepKind.ActionBusy, StepKind.Cancel];

    private readonly ClientPool pool = new();
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly List<Explorer> explorers = [];
    private long ofHistories;

    public int Run(TimeSpan time)
    {
        foreach (var scenario in AllScenarios.List)
        {
            try
            {
                explorers.Add(new Explorer(scenario, pool));
            }
            catch (InvalidOperationException exception)
            {
                return Tell($"before {scenario.Name}", exception.Message);
            }

            if (Search(explorers[^1], "no interference", new DepthFirst(0, 0), TimeSpan.MaxValue) is { } status) return status;
        }

        return Search("a fault", explorers, preemptions: 0, faults: 1, Faults, time / 4)
            ?? Search("a preemption", explorers, preemptions: 1, faults: 0, Faults, time / 4)
            ?? Search("a preemption and a kill", Deep, preemptions: 1, faults: 1,
                [StepKind.Kill], time / 4)
            ?? Walk(time) ?? Survive();
    }

    private List<Explorer> Deep => [.. AllScenarios.List.Zip(explorers)
        .Where(pair => AllScenarios.Deep.Contains(pair.First)).Select(pair => pair.Second)];

    private int? Search(
        string disturbance, List<Explorer> among, int preemptions, int faults, StepKind[] kinds, TimeSpan time)
    {
        foreach (var explorer in among)
        {
            var search = new DepthFirst(preemptions, faults, kinds);
            if (Search(explorer, disturbance, search, clock.Elapsed + time / among.Count) is { } status) return status;
        }

        return null;
    }

    private int? Search(Explorer explorer, string disturbance, DepthFirst search, TimeSpan end) =>
        explorer.SearchDepthFirst(search, () => clock.Elapsed > end).Defect is { } defect ? Tell(disturbance, defect) : null;

    private int? Walk(TimeSpan time)
    {
        for (var seed = 1; clock.Elapsed < time; seed++)
        {
            var history = new Explorer(GeneratedHistory.Create(seed), pool);
            IEnumerable<Explorer> turn = [explorers[seed % explorers.Count], history, history];
            foreach (var (index, explorer) in turn.Index())
            {
                var defect = explorer.Walk(seed + index);
                if (explorer == history) ofHistories++;
                if (defect is not null) return Tell("a random walk", defect);
            }
        }

        return null;
    }

    private int Survive()
    {
        output.WriteLine($"nothing | {Schedules():N0} |");
        return 0;
    }

    private int Tell(string disturbance, Defect defect) =>
        Tell($"{disturbance}, {defect.Scenario}", defect.Failure);

    private int Tell(string found, string failure)
    {
        output.WriteLine($"{found} | {Schedules():N0} | {FirstLine(failure)}");
        return Found;
    }

    private long Schedules() => explorers.Sum(explorer => explorer.Schedules) + ofHistories;

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0].Replace('|', '/');
}
