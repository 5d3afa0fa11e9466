using System.Globalization;
using BelcoFunctions.Simulation.Tests.Exploring;
using BelcoFunctions.Simulation.Tests.Mutants;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;

namespace BelcoFunctions.Simulation.Tests;

/// <summary>The commands of <c>dotnet run</c>: docs/simulation.md.</summary>
internal static class CommandLine
{
    private const string Usage = """
        dotnet run -c Release --project tests/BelcoFunctions.Simulation.Tests -- <command> [<part of a scenario's name>]
          walk <minutes> <first seed>               random walks through all scenarios and through generated histories
          search <preemptions> <faults> <minutes>   every order of each scenario, as far as the minutes for each allow
          replay <schedule>                         the steps of one schedule of the one scenario that is named
          hunt <seconds>                            the first defect, of all scenarios
          mutants <seconds>                         what finds each wrong change in Mutants/mutants.txt;
                                                    a part of its effect or its file instead of a scenario's name
        """;

    public static int Run(string[] args, TextWriter output)
    {
        switch (args)
        {
            case ["walk", var minutes, var seed, .. var name]
                when TryRead(minutes, out var time) && int.TryParse(seed, out var first):
                return ExplorationThread.Run(() => new LongRun(Named(name), output).Walk(first, time));
            case ["search", var preemptions, var faults, var minutes, .. var name] when int.TryParse(preemptions, out var most)
                && int.TryParse(faults, out var mostFaults) && TryRead(minutes, out var time):
                return ExplorationThread.Run(() => new LongRun(Named(name), output).Search(most, mostFaults, time));
            case ["hunt", var seconds] when TryRead(seconds, out var time):
                return ExplorationThread.Run(() => new Hunt(output).Run(time / 60));
            case ["mutants", var seconds, .. var name] when TryRead(seconds, out var time):
                return new MutantRun(output).Run(time / 60, string.Join(' ', name));
            case ["replay", var schedule, .. var name] when Named(name) is [var scenario]:
                return ExplorationThread.Run(() => Replay(scenario, Recording.Parse(schedule), output));
            default:
                output.WriteLine(Usage);
                return 1;
        }
    }

    private static int Replay(Scenario scenario, Recording recording, TextWriter output)
    {
        var defect = new Explorer(scenario, new ClientPool()).Run(new Replay(recording), output.WriteLine);
        output.WriteLine(defect?.Failure ?? "It ends well.");
        return defect is null ? 0 : 2;
    }

    private static bool TryRead(string minutes, out TimeSpan time)
    {
        var isNumber = double.TryParse(minutes, CultureInfo.InvariantCulture, out var number);
        time = TimeSpan.FromMinutes(number);
        return isNumber;
    }

    private static IReadOnlyList<Scenario> Named(string[] name) => name is ["generated", var seed]
        && int.TryParse(seed, out var number) ? [GeneratedHistory.Create(number)]
        : [.. AllScenarios.List.Where(scenario => scenario.Name.Contains(string.Join(' ', name), StringComparison.Ordinal))];
}
