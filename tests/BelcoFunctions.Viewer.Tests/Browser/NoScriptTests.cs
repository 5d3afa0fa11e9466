using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class NoScriptTests(BrowserFixture browser)
{
    [BrowserFact]
    public async Task Without_script_a_reader_can_go_from_the_shops_to_a_raw_event_and_back()
    {
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = false);
        var page = reader.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = SampleShops.Samples }).ClickAsync();
        await page.Locator("a.row").ClickAsync();
        await Expect(page.Locator("[data-entry] time").First).ToHaveTextAsync("09:15:05 UTC");
        await page.Locator(".entry .raw").First.ClickAsync();
        await Expect(page.Locator("#pretty")).ToContainTextAsync("conversation.created");
        await page.GetByRole(AriaRole.Link, new() { Name = "← Conversation" }).ClickAsync();
        await Expect(page.Locator(".chat")).ToContainTextAsync("reactie!");
        // The page shows no control that needs the script.
        await Expect(page.Locator("[data-copy]").First).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task Without_script_the_filters_work()
    {
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = false);
        await reader.OpenListAsync(SampleShops.Busy);
        await reader.Page.GetByLabel("Customer").FillAsync("customer-3");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Filter" }).ClickAsync();
        await Expect(reader.Page.Locator("a.row")).ToHaveCountAsync(6);
    }
}
