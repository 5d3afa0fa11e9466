using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>What must hold for every page that somebody reads.</summary>
internal static class AccessiblePage
{
    private static readonly RunOnlyOptions RulesOfColors =
        new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] };

    private const string TooWide = """
        [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth)
            .slice(0, 5).map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`).join(", ")
        """;

    /// <summary>Asserts that axe finds nothing in either theme, and that no width needs horizontal scrolling.</summary>
    public static async Task AssertAccessibleAsync(this IPage page, string what)
    {
        await SetThemeAsync(page, ColorScheme.Light);
        await page.AssertNoViolationsAsync($"{what}, light");
        // Themes differ only in colors, so no other rule could find more.
        await SetThemeAsync(page, ColorScheme.Dark);
        await page.AssertNoViolationsAsync($"{what}, dark", RulesOfColors);
        await AssertNothingToScrollSidewaysAsync(page, what);
    }

    public static async Task AssertNoViolationsAsync(this IPage page, string what, RunOnlyOptions? rules = null)
    {
        // Omit the many passed rules, which nobody reads.
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations], RunOnly = rules });
        Assert.True(result.Violations.Length == 0, what + ": " + string.Join('\n', result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help} {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html))}")));
    }

    private static Task SetThemeAsync(IPage page, ColorScheme scheme) =>
        page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });

    // From a telephone to a wall screen.
    private static async Task AssertNothingToScrollSidewaysAsync(IPage page, string what)
    {
        foreach (var width in (int[])[360, 720, 1180, 1920, 3840])
        {
            await page.SetViewportSizeAsync(width, 740);
            var needed = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(needed <= width,
                $"{what} is {needed} wide on a screen of {width}: {await page.EvaluateAsync<string>(TooWide)}");
        }
    }
}
