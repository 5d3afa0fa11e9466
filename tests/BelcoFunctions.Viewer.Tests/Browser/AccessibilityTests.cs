using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(BrowserFixture browser)
{
    private static readonly RunOnlyOptions RulesOfColors =
        new() { Type = "rule", Values = ["color-contrast", "link-in-text-block"] };

    private const string TooWide = """
        [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth)
            .slice(0, 5).map(e => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)}`).join(", ")
        """;

    public static TheoryData<PageKind> Pages => PageKinds.All;

    // One test, since opening some of the pages takes long.
    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_nothing_in_either_theme_and_no_width_needs_horizontal_scrolling(PageKind kind)
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(kind);
        await SetThemeAsync(reader.Page, ColorScheme.Light);
        await AssertNoViolationsAsync(reader.Page, $"{kind}, light");
        // Themes differ only in colors, so no other rule could find more.
        await SetThemeAsync(reader.Page, ColorScheme.Dark);
        await AssertNoViolationsAsync(reader.Page, $"{kind}, dark", RulesOfColors);
        await AssertNothingToScrollSidewaysAsync(reader.Page, kind);
    }

    [BrowserFact]
    public async Task Axe_finds_nothing_in_the_list_of_keys_or_in_an_expanded_message()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(PageKind.HostileConversation);
        await reader.Page.Locator("details.whole summary").First.ClickAsync();
        await AssertNoViolationsAsync(reader.Page, "unfolded");
        await reader.Page.Keyboard.PressAsync("?");
        await AssertNoViolationsAsync(reader.Page, "keys");
    }

    private static Task SetThemeAsync(IPage page, ColorScheme scheme) =>
        page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });

    // From a telephone to a wall screen.
    private static async Task AssertNothingToScrollSidewaysAsync(IPage page, PageKind kind)
    {
        foreach (var width in (int[])[360, 720, 1180, 1920, 3840])
        {
            await page.SetViewportSizeAsync(width, 740);
            var needed = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(needed <= width,
                $"{kind} is {needed} wide on a screen of {width}: {await page.EvaluateAsync<string>(TooWide)}");
        }
    }

    private static async Task AssertNoViolationsAsync(IPage page, string what, RunOnlyOptions? rules = null)
    {
        // Omit the many passed rules, which nobody reads.
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations], RunOnly = rules });
        Assert.True(result.Violations.Length == 0, what + ": " + string.Join('\n', result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help} {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html))}")));
    }
}
