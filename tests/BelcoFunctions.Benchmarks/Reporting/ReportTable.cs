using Spectre.Console;

namespace BelcoFunctions.Benchmarks.Reporting;

/// <summary>A report as a table, for a terminal or for the page.</summary>
internal static class ReportTable
{
    public static void Write(IAnsiConsole console, BenchmarkReport benchmark)
    {
        var table = new Table { Title = new TableTitle(benchmark.Name) }.AddColumns(Figures.Columns);
        foreach (var comparison in benchmark.Comparisons) table.AddRow(Figures.Row(comparison).Select(cell => new Text(cell)));
        console.Write(table);
    }

    /// <summary>The table of docs/performance.md with the rows that have a goal, then the tables of
    /// docs/performance-method.md with all other rows.</summary>
    public static string ToMarkdown(Report report) => string.Join("\n",
    [
        $"{report.Machine}; {report.Configuration}, {report.TakenAt:yyyy-MM-dd}.", "",
        .. Table(["benchmark", .. Figures.Columns],
            from benchmark in report.Benchmarks
            from comparison in benchmark.Comparisons
            where comparison.Goal is not null
            select (string[])[$"`{benchmark.Name}`", .. Figures.Row(comparison)]),
        .. report.Benchmarks.SelectMany(benchmark => (string[])
        [
            $"## `{benchmark.Name}`", "",
            .. Table(Figures.Columns, benchmark.Comparisons.Where(each => each.Goal is null).Select(Figures.Row)),
        ]),
    ]);

    private static IEnumerable<string> Table(IEnumerable<string> columns, IEnumerable<IEnumerable<string>> rows) =>
        [Line(columns), Line(columns.Select(_ => "---")), .. rows.Select(Line), ""];

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
