using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class SearchTests(BrowserFixture browser)
{
    [BrowserFact]
    public async Task A_slash_moves_to_the_box_and_the_words_are_marked_in_what_is_found()
    {
        await using var reader = await browser.OpenAsync();
        var page = reader.Page;
        await reader.OpenConversationAsync(SampleShops.Busy, SampleShops.BusyId(3));
        await page.Keyboard.PressAsync("/");
        await Expect(Box(page)).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("MESSAGE #57");
        await page.Keyboard.PressAsync("Enter");

        await reader.ExpectPageAsync("Search");
        await Expect(page.Locator("a.match")).ToHaveCountAsync(1);
        await Expect(page.Locator("a.match mark")).ToHaveTextAsync(["message", "57"]);
        await Expect(page.Locator(".match-place")).ToContainTextAsync("Message of the customer");
        await Expect(page.Locator(".search-end")).ToContainTextAsync("1 conversation found.");
        await Expect(page.Locator(".search-end")).ToContainTextAsync("60 conversations searched, back to 2 Mar 2026");
        await Expect(page.Locator(".searching")).ToBeHiddenAsync();
        await Expect(Box(page)).ToHaveValueAsync("MESSAGE #57");

        foreach (var key in (string[])["j", "Enter"]) await page.Keyboard.PressAsync(key);
        await reader.ExpectPageAsync("Conversation busy-57");
        await Expect(Box(page)).ToHaveValueAsync("");
    }

    [BrowserFact]
    public async Task Without_script_a_name_is_found_without_its_diacritics_newest_first()
    {
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = false);
        var page = reader.Page;
        await reader.OpenListAsync(SampleShops.Busy);
        await Box(page).FillAsync("zoe van");
        await Box(page).PressAsync("Enter");

        await Expect(page.Locator("a.match")).ToHaveCountAsync(6);
        await Expect(page.Locator("a.match").First.Locator("mark")).ToHaveTextAsync(["Zoë", "van"]);
        await Expect(page.Locator("a.match .end time")).ToHaveTextAsync(
            [.. Enumerable.Range(0, 6).Select(index => $"2 Mar 2026, 09:{57 - 10 * index:D2} UTC")]);
        await Expect(page.Locator(".searching")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_page_without_a_shop_asks_which_one()
    {
        await using var reader = await browser.OpenAsync();
        var page = reader.Page;
        await page.GotoAsync("/");
        await Box(page).FillAsync("reactie");
        await Box(page).PressAsync("Enter");
        await Expect(page.Locator(".choices a")).ToHaveCountAsync(3);
        await page.GetByRole(AriaRole.Link, new() { Name = SampleShops.Samples }).ClickAsync();
        await Expect(page.Locator("a.match mark")).ToHaveTextAsync(["reactie"]);
    }

    [BrowserFact]
    public async Task Hostile_text_is_text_inside_and_outside_of_marks()
    {
        await using var reader = await browser.OpenAsync();
        var page = reader.Page;
        await reader.SearchAsync(SampleShops.Hostile, "script>document \u202E\u2066never arabisch");
        await Expect(page.Locator(".search-end")).ToContainTextAsync("No conversation matches.");
        await reader.SearchAsync(SampleShops.Hostile, "<script>document.title= never");

        await Expect(page.Locator("a.match")).ToHaveCountAsync(1);
        var texts = await page.Locator(".match-place .text-line").AllTextContentsAsync();
        Assert.Contains(SampleShops.Script, texts);
        Assert.Contains("[U+202E][U+2066]never closed", texts);
        await Expect(page.Locator("mark", new() { HasText = "<script>document.title=" }).First).ToBeVisibleAsync();
        Assert.Equal("Search · Belco archive", await page.TitleAsync());
        Assert.Empty(reader.Complaints);
    }

    [BrowserFact]
    public async Task Wrong_text_is_explained_and_stays_in_the_box()
    {
        await using var reader = await browser.OpenAsync();
        await reader.SearchAsync(SampleShops.Busy, new string('x', 201));
        await Expect(reader.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(
            "The text is longer than 200 characters. Give fewer words.");
        await Expect(Box(reader.Page)).ToHaveValueAsync(new string('x', 201));
    }

    [BrowserFact]
    public async Task On_a_telephone_the_box_is_in_the_first_row()
    {
        await using var reader = await browser.OpenAsync(options => options.ViewportSize = new() { Width = 360, Height = 740 });
        await reader.OpenListAsync(SampleShops.Busy);
        var (box, brand) = (await Box(reader.Page).BoundingBoxAsync(), await reader.Page.Locator(".brand").BoundingBoxAsync());
        Assert.InRange(box!.Width, 100, 360);
        Assert.InRange(box.Y, brand!.Y - 20, brand.Y + brand.Height);
    }

    private static ILocator Box(IPage page) => page.GetByRole(AriaRole.Searchbox, new() { Name = "Search the conversations" });
}
