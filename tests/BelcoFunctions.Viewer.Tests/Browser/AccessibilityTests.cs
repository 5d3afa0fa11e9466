using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class AccessibilityTests(BrowserFixture browser)
{
    public static TheoryData<PageKind> Pages => PageKinds.All;

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task Axe_finds_nothing_in_either_theme(PageKind kind)
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(kind);
        foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
        {
            await reader.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await AssertNoViolationsAsync(reader.Page, $"{kind}, {scheme}");
        }
    }

    [BrowserFact]
    public async Task Axe_finds_nothing_in_the_list_of_keys_and_in_an_unfolded_message()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(PageKind.HostileConversation);
        await reader.Page.Locator("details.whole summary").First.ClickAsync();
        await AssertNoViolationsAsync(reader.Page, "unfolded");
        await reader.Page.Keyboard.PressAsync("?");
        await AssertNoViolationsAsync(reader.Page, "keys");
    }

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task From_360_pixels_to_a_wall_screen_nothing_needs_scrolling_sideways(PageKind kind)
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(kind);
        foreach (var width in (int[])[360, 720, 1180, 1920, 3840])
        {
            await reader.Page.SetViewportSizeAsync(width, 740);
            var page = await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(page <= width, $"{kind} is {page} wide on a screen of {width}.");
        }
    }

    private static async Task AssertNoViolationsAsync(IPage page, string what)
    {
        // What axe finds right is much, and nobody reads it.
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.True(result.Violations.Length == 0, what + ": " + string.Join('\n', result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help} {string.Join(", ", violation.Nodes.Take(3).Select(node => node.Html))}")));
    }
}
