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

    /// <summary>The tables of docs/performance.md.</summary>
    public static string ToMarkdown(Report report) => string.Join("\n", report.Benchmarks.SelectMany(benchmark => (string[])
    [
        $"### `{benchmark.Name}`", "",
        Line(Figures.Columns), Line(Figures.Columns.Select(_ => "---")),
        .. benchmark.Comparisons.Select(comparison => Line(Figures.Row(comparison))), "",
    ]).Append($"{report.Machine}; {report.Configuration}, {report.TakenAt:yyyy-MM-dd}."));

    private static string Line(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
