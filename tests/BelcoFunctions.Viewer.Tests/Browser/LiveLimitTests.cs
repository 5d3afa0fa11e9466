using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>The page Live, when more webhooks arrive than it can show.</summary>
public sealed class LiveLimitTests(LiveFixture browser) : IClassFixture<LiveFixture>
{
    [BrowserFact]
    public async Task A_page_that_cannot_keep_up_says_how_many_it_dropped()
    {
        await using var reader = await LiveTests.OpenAsync(browser);
        await reader.Page.Keyboard.PressAsync("p");
        await Parallel.ForAsync(0, 1_012, async (_, _) => await browser.RefuseAsync());
        await Expect(reader.Page.Locator("[data-live-dropped]"))
            .ToContainTextAsync("12 webhooks were dropped from this view");
        await Expect(LiveTests.Show(reader)).ToHaveTextAsync("1,000 new – show");
        await reader.Page.Keyboard.PressAsync("p");
        await Expect(reader.Page.Locator(LiveTests.Rows)).ToHaveCountAsync(1_000);
    }
}
