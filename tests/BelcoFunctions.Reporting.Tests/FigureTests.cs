using System.Text.Json;
using BelcoFunctions.Reporting.Definitions;

namespace BelcoFunctions.Reporting.Tests;

/// <summary>docs/reporting.md defines each figure, by its name in JSON.</summary>
public sealed class FigureTests
{
    private static readonly DocumentationPage Page = DocumentationPage.Read("docs/reporting.md");

    [Fact]
    public void The_page_defines_each_figure() => Assert.All(Figures.All.Except(Figures.Unknown),
        figure => Assert.Contains($"| `{NameOf(figure)}` |", Page.Section("Figures"), StringComparison.Ordinal));

    [Fact]
    public void The_page_says_of_each_unknown_what_it_counts() => Assert.Equal(
        Figures.Unknown.Select(NameOf),
        DocumentationPage.Rows(Page.Section("What cannot be known")).Select(row => row.First).Take(Figures.Unknown.Count));

    private static string NameOf(Figure figure) => JsonNamingPolicy.CamelCase.ConvertName($"{figure}");
}
