using System.CommandLine;
using BelcoFunctions.Benchmarks.Reporting;
using Spectre.Console;

namespace BelcoFunctions.Benchmarks;

/// <summary>Runs benchmarks by their names.</summary>
internal static class RunCommand
{
    private const string All = "all";
    private const int DefaultRounds = 5;
    private const string DefaultOutput = "figures.json";
    private const int RedirectedWidth = 200;

    public static RootCommand Create()
    {
        var names = new Argument<string[]>("names")
        {
            Description = $"Which to run: {string.Join(", ", BenchmarkList.All.Select(benchmark => benchmark.Name))}, or all.",
            Arity = ArgumentArity.OneOrMore,
        };
        names.AcceptOnlyFromAmong([.. BenchmarkList.All.Select(benchmark => benchmark.Name), All]);
        var rounds = new Option<int>("--rounds")
        {
            Description = "Rounds that count; one more warms up.",
            DefaultValueFactory = _ => DefaultRounds,
        };
        rounds.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var count) && count < 1)
                result.AddError("--rounds must be 1 or more.");
        });
        var isShort = new Option<bool>("--short")
        {
            Description = "Only shows that the benchmarks work: one round, smallest sizes, no warm-up, no file. "
                + "Its figures mean nothing.",
        };
        var output = new Option<string>("--output")
        {
            Description = "A file for the figures, as JSON.",
            DefaultValueFactory = _ => DefaultOutput,
        };
        output.Validators.Add(result =>
        {
            // Fail now, not after the first benchmark.
            if (result.GetValueOrDefault<string>() is not { Length: > 0 } path)
                result.AddError("--output is empty; name a file.");
            else if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
                result.AddError($"The folder of {path} does not exist.");
        });
        var command = new RootCommand($"""
            Compares this program with the limit of what it stands on, in the same run on the same machine.

            {string.Join('\n', BenchmarkList.All.Select(benchmark => $"  {benchmark.Name,-12} {benchmark.Summary}"))}

            Example: dotnet run -c Release --project tests/BelcoFunctions.Benchmarks -- all
            """)
        { names, rounds, isShort, output };
        command.SetAction((parsed, cancellationToken) =>
        {
            IBenchmark[] chosen = [.. BenchmarkList.All.Where(benchmark =>
                parsed.GetValue(names)!.Any(name => name is All || name == benchmark.Name))];
            return parsed.GetValue(isShort)
                ? RunShortAsync(chosen, cancellationToken)
                : RunAsync(chosen, parsed.GetValue(rounds), parsed.GetValue(output)!, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunShortAsync(IReadOnlyList<IBenchmark> benchmarks, CancellationToken cancellationToken)
    {
        foreach (var benchmark in benchmarks)
        {
            var started = Stopwatch.GetTimestamp();
            var comparisons = await CompareAsync(benchmark, rounds: 1, isShort: true, cancellationToken);
            AnsiConsole.WriteLine(
                $"{benchmark.Name}: {comparisons.Count} figures, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        }

        AnsiConsole.WriteLine("All of them work. This was the short form, so its figures mean nothing.");
        return 0;
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<IBenchmark> benchmarks, int rounds, string output, CancellationToken cancellationToken)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = RedirectedWidth;
        if (Report.ThisConfiguration is not "Release")
            AnsiConsole.MarkupLine("[yellow]This is a Debug build; give -c Release.[/]");
        AnsiConsole.WriteLine($"{Machine.Current}");
        List<BenchmarkReport> reports = [];
        foreach (var benchmark in benchmarks)
        {
            var comparisons = await CompareAsync(benchmark, rounds, isShort: false, cancellationToken);
            var report = new BenchmarkReport(benchmark.Name, Command(benchmark, rounds), rounds, comparisons);
            ReportTable.Write(AnsiConsole.Console, report);
            reports.Add(report);
            // Write after each benchmark, so that an interrupted run is not lost.
            new Report(Machine.Current, DateTimeOffset.UtcNow, Report.ThisConfiguration, reports).Write(output);
        }

        AnsiConsole.WriteLine($"The figures are in {output}.");
        return 0;
    }

    private static string Command(IBenchmark benchmark, int rounds) =>
        $"dotnet run -c Release --project tests/BelcoFunctions.Benchmarks -- {benchmark.Name} --rounds {rounds}";

    private static async Task<IReadOnlyList<Comparison>> CompareAsync(
        IBenchmark benchmark, int rounds, bool isShort, CancellationToken cancellationToken)
    {
        var progress = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        try
        {
            return await progress.Status().StartAsync($"{benchmark.Name} …", status => benchmark.RunAsync(
                new Session(rounds, isShort, text => status.Status = Markup.Escape($"{benchmark.Name}: {text}")),
                cancellationToken));
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C also ends the servers, and the first sign of it may be that they are gone.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }
}
