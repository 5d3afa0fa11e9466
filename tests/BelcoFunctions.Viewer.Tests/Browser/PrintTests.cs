using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class PrintTests(BrowserFixture browser)
{
    private const string Controls = ".bar, .side, .foot, .raw, .copy, .save, .back, .skip, summary, .html";

    [BrowserTheory]
    [InlineData(600)]
    [InlineData(1280)]
    public async Task Paper_has_the_whole_conversation_and_no_controls(int width)
    {
        await using var reader = await browser.OpenAsync(options => options.ViewportSize = new() { Width = width, Height = 900 });
        await reader.OpenAsync(PageKind.HostileConversation);
        var page = reader.Page;
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.Empty(await page.Locator(Controls).EvaluateAllAsync<string[]>(
            "all => all.filter(e => e.checkVisibility()).map(e => e.outerHTML)"));
        await Expect(page.Locator(".facts")).ToBeVisibleAsync();
        await Expect(page.Locator("details.whole .text").First).ToBeVisibleAsync();
        await Expect(page.Locator(".preview").First).ToBeHiddenAsync();
        await Expect(page.Locator(".print-only")).ToHaveCountAsync(0);
        // A hundred thousand characters need many sheets.
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4" }));
        Assert.InRange(Regex.Count(pdf, @"/Type\s*/Page\b"), 15, 200);
    }

    [BrowserFact]
    public async Task Paper_shows_where_links_lead()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenConversationAsync(SampleShops.Busy, SampleShops.BusyId(7));
        var link = reader.Page.Locator(".attachments a");
        const string After = "e => getComputedStyle(e, '::after').content";
        Assert.Equal("none", await link.EvaluateAsync<string>(After));
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });
        // Depending on its version, the browser says the address or where it is from.
        Assert.Matches(
            $@"attr\(href\)|{Regex.Escape(SampleShops.Attachment)}", await link.EvaluateAsync<string>(After));
        await Expect(reader.Page.Locator(".attachments .host")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task Paper_is_light_in_the_dark_theme()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenSamplesAsync();
        var page = reader.Page;
        var light = await ColorAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" }).ClickAsync();
        Assert.NotEqual(light, await ColorAsync());
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(light, await ColorAsync());

        Task<string> ColorAsync() => page.EvaluateAsync<string>("getComputedStyle(document.body).color");
    }

    [BrowserFact]
    public async Task Paper_says_that_a_page_is_not_the_whole_conversation()
    {
        using var http = new HttpClient { BaseAddress = browser.Address };
        var json = JsonNode.Parse(await http.GetStringAsync(new Uri(
            $"/api/shops/{SampleShops.Samples}/conversations/{PayloadFiles.ConversationId}?top=2", UriKind.Relative)))!;
        await using var reader = await browser.OpenAsync();
        await reader.Page.GotoAsync(
            Reader.Shop(SampleShops.Samples).OfConversation(PayloadFiles.ConversationId, (string)json["continuationToken"]!));
        var notice = reader.Page.GetByText("These are not all events of the conversation.");
        await Expect(notice).ToBeHiddenAsync();
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(notice).ToBeVisibleAsync();
    }
}
