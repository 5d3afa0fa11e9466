using System.Diagnostics;
using BelcoFunctions.Simulation.Tests.Exploring;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests.Mutants;

/// <summary>Looks for the first defect. First come all scenarios undisturbed, then with one kill, then with one preemption, each
/// for its part of the time. Random walks follow until the time is over.</summary>
internal sealed class Hunt(TextWriter output)
{
    /// <summary>The status of a process that found a defect.</summary>
    public const int Found = 2;

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
                return Tell($"before {scenario.Name}: {FirstLine(exception.Message)}");
            }
        }

        return Search(0, 0, time) ?? Search(0, 1, time) ?? Search(1, 0, time) ?? Walk(time) ?? Survive();
    }

    private int? Search(int preemptions, int kills, TimeSpan time)
    {
        foreach (var explorer in explorers)
        {
            var end = clock.Elapsed + time / (4 * explorers.Count);
            var search = new DepthFirst(preemptions, kills, StepKind.Kill);
            if (explorer.SearchDepthFirst(search, () => clock.Elapsed > end).Defect is not { } defect) continue;
            return Tell((preemptions, kills) switch
            {
                (0, 0) => "no interference",
                (0, _) => "a kill",
                _ => "a preemption",
            }, defect);
        }

        return null;
    }

    private int? Walk(TimeSpan time)
    {
        for (var seed = 1; clock.Elapsed < time; seed++)
        {
            var history = new Explorer(GeneratedHistory.Of(seed), pool);
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
        output.WriteLine($"nothing | {Schedules():N0}");
        return 0;
    }

    private int Tell(string disturbance, Defect defect) =>
        Tell($"{disturbance}, {defect.Scenario}: {FirstLine(defect.Failure)}");

    private int Tell(string found)
    {
        output.WriteLine($"{found} | {Schedules():N0}");
        return Found;
    }

    private long Schedules() => explorers.Sum(explorer => explorer.Schedules) + ofHistories;

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0].Replace('|', '/');
}
