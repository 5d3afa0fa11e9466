using System.Globalization;
using System.Text.RegularExpressions;

namespace BelcoFunctions.Pipeline.Tests.Documentation;

/// <summary>What a month costs in docs/cost.md: the formulas of the page give the figures. Their inputs are in other tables of
/// the page, which other tests compare with the code.</summary>
public sealed class MonthTests
{
    private const int Days = 30;

    private static readonly CostPage Page = CostPage.Read();

    private static readonly Line Million = new("1,000,000 webhooks", "webhooks", 1_000_000);
    private static readonly Line HealthChecks = new("a health check each minute", "health checks", Days * 24 * 60);
    private static readonly Line AlwaysReady = new(
        "the always-ready instance", "always-ready instances", Default("ALWAYS_READY_HTTP_INSTANCES"));

    private static readonly Line[] Month =
    [
        new("1,000 webhooks", "webhooks", 1_000),
        new("10,000 webhooks", "webhooks", 10_000),
        new("100,000 webhooks", "webhooks", 100_000),
        Million,
        Million with { Name = "1,000,000 webhooks, 50 in a batch", Column = "50 in a batch" },
        AlwaysReady,
        new("the daily timer", "runs of the timer", Days),
        HealthChecks,
    ];

    private static decimal DefaultMemory => Default("INSTANCE_MEMORY_MB") / 1024;

    [Fact]
    public void The_formulas_give_the_table_of_a_month() => DocumentationPage.AssertGenerated(CostPage.Path, "month", Table(
        Page.Formulas.Keys, Month, line => Page.Formulas.Keys.Select(formula => Evaluate(formula, line, DefaultMemory))));

    [Fact]
    public void The_formulas_give_the_table_of_instance_memory() => DocumentationPage.AssertGenerated(
        CostPage.Path, "instance-memory", Table(["GB-s with 2,048 MB", "GB-s with 512 MB"], [Million, AlwaysReady, HealthChecks],
            line => new[] { DefaultMemory, 0.5m }.Select(memory => Page.Formulas.Keys
                .Where(formula => formula.StartsWith("GB-s", StringComparison.Ordinal))
                .Sum(formula => Evaluate(formula, line, memory)))));

    private static decimal Evaluate(string formula, Line line, decimal memory)
    {
        var quantities = Month.Select(each => each.Quantity).Distinct().ToDictionary(name => name, _ => 0m);
        quantities[line.Quantity] = line.Count;
        quantities["memory"] = memory;
        return Page.Evaluate(formula, line.Column, quantities);
    }

    private static string Table(
        IEnumerable<string> columns, IEnumerable<Line> lines, Func<Line, IEnumerable<decimal>> figures)
    {
        string[] header = ["in 30 days", .. columns];
        var rows = lines.Select(line => figures(line)
            .Select(figure => figure.ToString("#,0.###", CultureInfo.InvariantCulture)).Prepend(line.Name));
        return string.Concat(rows.Prepend(header.Select(_ => "---")).Prepend(header)
            .Select(cells => $"| {string.Join(" | ", cells)} |\n"));
    }

    /// <summary>A number that the template takes if the azd environment does not set the variable.</summary>
    private static decimal Default(string variable) => decimal.Parse(
        Regex.Match(DocumentationPage.Read("infra/main.bicepparam").Text, $@"'{variable}', '(\d+)'").Groups[1].Value,
        CultureInfo.InvariantCulture);

    /// <summary>A line of a table: what a number of one thing takes.</summary>
    /// <param name="Name">Its first cell.</param>
    /// <param name="Quantity">Its name in the formulas.</param>
    /// <param name="Count">How many there are in a month.</param>
    /// <param name="Column">The column of the page's other tables from which the figures come.</param>
    private sealed record Line(
        string Name, string Quantity, decimal Count, string Column = CostPage.FirstOfConversation);
}
