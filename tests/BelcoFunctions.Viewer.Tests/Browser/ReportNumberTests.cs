using System.Globalization;
using Microsoft.Playwright;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>Each number of a report links to the conversations that it counts.</summary>
[Collection(GeneratedShopCollection.Name)]
public sealed class ReportNumberTests(GeneratedShopFixture browser)
{
    private const string OfGroups = ".groups-of-report td a";

    // The totals and the notes do not depend on the groups: once is enough.
    [BrowserTheory]
    [InlineData("channel", $"{OfGroups}, .totals-of-report a, .notes-of-report a")]
    [InlineData("agent", OfGroups)]
    [InlineData("day", OfGroups)]
    public async Task Each_number_equals_the_length_of_its_list(string by, string numbers)
    {
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = false);
        await reader.OpenReportAsync(GeneratedShopFixture.ShopId, $"&by={by}&timeZone=Asia/Tokyo");
        var links = await reader.Page.Locator(numbers).EvaluateAllAsync<string[][]>(
            "links => links.map(link => [link.textContent, link.getAttribute('href')])");
        Assert.InRange(links.Length, 10, 1_000);
        // The days have too many links to follow all.
        foreach (var link in links.Where((_, index) => by != "day" || index % 10 == 0))
        {
            await reader.Page.GotoAsync(link[1]);
            await AssertListHasAsync(reader.Page, link[0]);
        }
    }

    [BrowserFact]
    public async Task A_conversation_behind_a_number_links_to_its_page()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenReportAsync(GeneratedShopFixture.ShopId);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Reopened:" }).First.ClickAsync();
        await reader.Page.Locator("[data-row]").First.ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".chat")).ToContainTextAsync("reopened the conversation");
    }

    private static async Task AssertListHasAsync(IPage page, string number)
    {
        var found = Parse(await page.Locator(".found strong").TextContentAsync());
        if (int.TryParse(number, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var count))
        {
            Assert.Equal(count, found);
        }

        Assert.InRange(found, 1, int.MaxValue);
        // The generated shop has fewer conversations than a page.
        var times = await page.Locator("tbody td.times").AllTextContentsAsync();
        var rows = await page.Locator(".groups-of-report tbody tr").CountAsync();
        Assert.Equal(found, times.Count == 0 ? rows : times.Sum(Parse));
    }

    private static int Parse(string? text) => int.Parse(text!, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
