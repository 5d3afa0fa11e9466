using System.CommandLine;
using BelcoFunctions.Benchmarks.Measuring;
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
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var count) && count < 1) result.AddError("--rounds must be 1 or more.");
        });
        var output = new Option<string>("--output") { Description = "A file for the figures, as JSON.", DefaultValueFactory = _ => DefaultOutput };
        output.Validators.Add(result =>
        {
            // Found out now, not when the first benchmark has run.
            if (result.GetValueOrDefault<string>() is not { Length: > 0 } path) result.AddError("--output is empty; name a file.");
            else if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))) result.AddError($"The folder of {path} does not exist.");
        });
        var command = new RootCommand($"""
            Compares this program with the limit of what it stands on, in the same run on the same machine.

            {string.Join('\n', BenchmarkList.All.Select(benchmark => $"  {benchmark.Name,-12} {benchmark.Summary}"))}

            Example: dotnet run -c Release --project tests/BelcoFunctions.Benchmarks -- all
            """)
        { names, rounds, output };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(names)!, parsed.GetValue(rounds), parsed.GetValue(output)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string[] names, int rounds, string output, CancellationToken cancellationToken)
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = RedirectedWidth;
        if (Report.ThisConfiguration is not "Release") AnsiConsole.MarkupLine("[yellow]This is a Debug build; give -c Release.[/]");
        AnsiConsole.WriteLine($"{Machine.Current}");
        List<BenchmarkReport> reports = [];
        foreach (var benchmark in BenchmarkList.All.Where(benchmark => names.Contains(All) || names.Contains(benchmark.Name)))
        {
            var report = await RunAsync(benchmark, rounds, cancellationToken);
            ReportTable.Write(AnsiConsole.Console, report);
            reports.Add(report);
            // After each, so that an interrupted run is not lost.
            new Report(Machine.Current, DateTimeOffset.UtcNow, Report.ThisConfiguration, reports).Write(output);
        }

        AnsiConsole.WriteLine($"The figures are in {output}.");
        return 0;
    }

    private static async Task<BenchmarkReport> RunAsync(IBenchmark benchmark, int rounds, CancellationToken cancellationToken)
    {
        var progress = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        var command = $"dotnet run -c Release --project tests/BelcoFunctions.Benchmarks -- {benchmark.Name} --rounds {rounds}";
        try
        {
            var comparisons = await progress.Status().StartAsync($"{benchmark.Name} …", status => benchmark.RunAsync(
                new Session(rounds, text => status.Status = Markup.Escape($"{benchmark.Name}: {text}")), cancellationToken));
            return new BenchmarkReport(benchmark.Name, command, rounds, comparisons);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C reaches the servers as well, and what is seen of it first may be that they are gone.
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }
}
