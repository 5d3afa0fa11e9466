using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class HostileTextTests(BrowserFixture browser)
{
    private const string Forbidden = "body script, body img, body style, [style], [onerror], [href^='javascript:']";
    private const string StatusComplaint = "Failed to load resource";

    public static TheoryData<PageKind> Pages => PageKinds.All;

    [BrowserTheory]
    [MemberData(nameof(Pages))]
    public async Task No_page_runs_the_text_that_it_shows_or_violates_its_policy(PageKind kind)
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(kind);

        Assert.DoesNotContain("pwned", await reader.Page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await reader.Page.Locator(Forbidden).CountAsync());
        // A browser also complains about the status of an error page.
        Assert.DoesNotContain(reader.Complaints, complaint => !complaint.StartsWith(StatusComplaint, StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Bodies_are_shown_as_text()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(PageKind.HostileConversation);
        var texts = reader.Page.Locator(".bubble .text:not(.preview)");

        await Expect(texts).ToHaveCountAsync(SampleShops.HostileBodies.Count);
        string[] shown =
        [
            SampleShops.Script, "[U+202E][U+2066]never closed", SampleShops.HostileBodies[2], SampleShops.HostileBodies[3],
            "␀␁␇␛[31m␡", "half \uFFFD an emoji", SampleShops.HostileBodies[6], SampleShops.HostileBodies[7],
        ];
        Assert.Equal(shown, await texts.AllTextContentsAsync());
    }

    [BrowserFact]
    public async Task A_long_body_is_collapsed_until_the_reader_expands_it()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(PageKind.HostileConversation);
        var whole = reader.Page.Locator("details.whole").First;

        await Expect(whole.Locator(".text")).ToBeHiddenAsync();
        await whole.GetByText("Show all 100,000 characters").ClickAsync();
        await Expect(whole.Locator(".text")).ToBeVisibleAsync();
        await Expect(reader.Page.Locator(".preview").First).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task Arabic_is_right_to_left_only_within_its_own_bubble()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(PageKind.HostileConversation);
        var directions = await reader.Page.Locator(".bubble .text:not(.preview)")
            .EvaluateAllAsync<string[]>("texts => texts.map(text => getComputedStyle(text).direction)");
        Assert.Equal("rtl", directions[2]);
        Assert.All(directions.Where((_, index) => index != 2), direction => Assert.Equal("ltr", direction));
    }

    [BrowserFact]
    public async Task Stacked_combining_marks_stay_in_their_bubble()
    {
        await using var reader = await browser.OpenAsync(options => options.ViewportSize = new() { Width = 900, Height = 1_200 });
        await reader.OpenAsync(PageKind.HostileConversation);
        var page = reader.Page;
        // All fonts stack these marks. Not all fonts stack others.
        var text = page.Locator(".bubble .text:not(.preview)").Nth(1);
        await text.EvaluateAsync("text => text.textContent = ('a' + '\u0301'.repeat(60) + '\u0323'.repeat(60)).repeat(5)");
        await text.ScrollIntoViewIfNeededAsync();

        var box = (await text.BoundingBoxAsync())!;
        var around = new Clip { X = box.X, Y = box.Y - 150, Width = box.Width, Height = 150 };
        var with = await page.ScreenshotAsync(new() { Clip = around });
        await text.EvaluateAsync("text => text.style.visibility = 'hidden'");
        Assert.Equal(with, await page.ScreenshotAsync(new() { Clip = around }));
    }
}
