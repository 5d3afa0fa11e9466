using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>The layout of pages on a desktop screen and on a telephone.</summary>
[Collection(GeneratedShopCollection.Name)]
public sealed class LayoutTests(GeneratedShopFixture browser)
{
    private const int TelephoneHeight = 844;

    [BrowserFact]
    public async Task The_list_beside_a_conversation_cuts_no_word_and_aligns_its_dates_on_the_right()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenConversationAsync(GeneratedShopFixture.ShopId, browser.Shown);
        var page = reader.Page;

        Assert.Equal(0, await page.Locator(".side .row .about > *").EvaluateAllAsync<int>(
            "parts => parts.filter(part => part.scrollWidth > part.clientWidth).length"));
        Assert.Single(await page.Locator(".side .row .when time").EvaluateAllAsync<int[]>(
            "times => [...new Set(times.map(time => Math.round(time.getBoundingClientRect().right)))]"));
        // The list has scrolled to the conversation.
        await page.Locator(".side").EvaluateAsync("side => side.scrollTop = 400");
        var (bar, heading) = (await BoxAsync(page, ".bar"), await BoxAsync(page, ".side h2"));
        Assert.True(heading.Y >= bar.Y + bar.Height, $"The heading is at {heading.Y}, under the bar.");
    }

    [BrowserFact]
    public async Task A_wide_list_aligns_its_dates()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenListAsync(GeneratedShopFixture.ShopId);
        Assert.Single(await reader.Page.Locator(".row .when time").EvaluateAllAsync<int[]>(
            "times => [...new Set(times.map(time => Math.round(time.getBoundingClientRect().right)))]"));
    }

    [BrowserFact]
    public async Task On_a_telephone_the_messages_come_first_and_the_details_are_collapsed()
    {
        await using var reader = await OpenOnTelephoneAsync();
        await reader.OpenConversationAsync(GeneratedShopFixture.ShopId, browser.Shown);
        var page = reader.Page;

        Assert.InRange((await BoxAsync(page, ".bubble")).Y, 0, TelephoneHeight / 2);
        await Expect(page.Locator(".facts")).ToBeHiddenAsync();
        await page.GetByText("Details", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator(".facts")).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(1280, 900);
        await Expect(page.GetByText("Details", new() { Exact = true })).ToBeHiddenAsync();
        await page.ReloadAsync();
        await Expect(page.Locator(".facts")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task On_a_telephone_the_navigation_is_one_row_and_the_queues_leave_room_for_a_webhook()
    {
        await using var reader = await OpenOnTelephoneAsync();
        var page = reader.Page;
        await reader.OpenListAsync(GeneratedShopFixture.ShopId);
        var links = await page.Locator(".nav a:visible").EvaluateAllAsync<int[][]>(
            "links => links.map(link => link.getBoundingClientRect()).map(box => [Math.round(box.top), Math.ceil(box.right)])");
        Assert.Equal(5, links.Length);
        Assert.Single(links.Select(link => link[0]).Distinct());
        Assert.All(links, link => Assert.InRange(link[1], 0, 390));

        await page.GotoAsync("/live");
        await Expect(page.Locator(".queue")).ToHaveCountAsync(7);
        var first = await BoxAsync(page, "[data-live-rows] .live-row");
        Assert.InRange(first.Y + first.Height, 0, 500);
    }

    [BrowserTheory]
    [InlineData(390)]
    [InlineData(1280)]
    [InlineData(1900)]
    public async Task The_names_of_an_axis_do_not_touch(int width)
    {
        await using var reader = await browser.OpenAsync(options => options.ViewportSize = new() { Width = width, Height = 900 });
        foreach (var by in (string[])["day", "channel", "agent"])
        {
            await reader.Page.GotoAsync(
                $"{ListAddress.Report(GeneratedShopFixture.ShopId)}&since=2026-02-01&until=2026-03-04&by={by}");
            var axes = await reader.Page.Locator(".x-axis").EvaluateAllAsync<double[][][]>("""
                axes => axes.map(axis => [...axis.querySelectorAll("text")].map(text => text.getBoundingClientRect())
                    .filter(box => box.width > 0).map(box => [box.left, box.right]))
                """);
            Assert.NotEmpty(axes);
            Assert.All(axes, axis => Assert.All(axis.Zip(axis.Skip(1)), pair => Assert.True(
                pair.First[1] + 3 <= pair.Second[0], $"By {by}: {pair.First[1]} and {pair.Second[0]}")));
            Assert.All(axes, axis => Assert.InRange(axis.Length, 1, 12));
        }
    }

    [BrowserFact]
    public async Task While_a_report_is_counted_the_page_says_so()
    {
        await using var reader = await browser.OpenAsync();
        var page = reader.Page;
        await reader.OpenListAsync(GeneratedShopFixture.ShopId);
        // Playwright does not look at a page during a navigation.
        await page.EvaluateAsync("addEventListener('click', event => event.preventDefault())");

        await page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync();

        await Expect(page.Locator("[data-working]")).ToHaveTextAsync("Counting …");
    }

    private Task<Reader> OpenOnTelephoneAsync() =>
        browser.OpenAsync(options => options.ViewportSize = new() { Width = 390, Height = TelephoneHeight });

    private static async Task<LocatorBoundingBoxResult> BoxAsync(IPage page, string selector) =>
        (await page.Locator(selector).First.BoundingBoxAsync())!;
}
