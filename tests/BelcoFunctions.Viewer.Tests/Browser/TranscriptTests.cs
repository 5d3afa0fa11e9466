using BelcoFunctions.Pipeline.Queries;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class TranscriptTests(BrowserFixture browser)
{
    [BrowserTheory]
    [InlineData(true, "2025-06-11 11:15:05 CEST", "Europe/Amsterdam")]
    [InlineData(false, "2025-06-11 09:15:05 UTC", "UTC")]
    public async Task A_reader_saves_the_conversation_as_text(bool hasScript, string first, string zone)
    {
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = hasScript);
        await reader.OpenSamplesAsync();
        var download = await SaveAsync(reader.Page, TranscriptAddress.Text, withNotes: true);

        Assert.Equal($"conversation-{PayloadFiles.ConversationId}.txt", download.SuggestedFilename);
        var text = await ReadAsync(download);
        Assert.StartsWith($"\uFEFFConversation {PayloadFiles.ConversationId}\n", text, StringComparison.Ordinal);
        Assert.Contains($"\nTime zone: {zone}\n", text, StringComparison.Ordinal);
        Assert.Contains($"\n{first}  ", text, StringComparison.Ordinal);
        Assert.Contains("\n    reactie!\n", text, StringComparison.Ordinal);
        Assert.Contains(", internal note\n", text, StringComparison.Ordinal);
        Assert.Contains(" reopened the conversation\n", text, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task People_have_their_names()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenConversationAsync(SampleShops.Busy, SampleShops.BusyId(57));
        var text = await ReadAsync(await SaveAsync(reader.Page, TranscriptAddress.Text));
        Assert.Contains(
            $"\nCustomer: {SampleNames.Customer}\nAssigned to: {SampleNames.Agent}\n", text, StringComparison.Ordinal);
        Assert.Contains("\nInternal notes: left out\n", text, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_saved_web_page_shows_hostile_text_in_full_and_as_text_in_both_themes_and_at_any_width()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenAsync(PageKind.HostileConversation);
        var download = await SaveAsync(reader.Page, TranscriptAddress.Html, withNotes: true);
        Assert.Equal("conversation.html", download.SuggestedFilename);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, download.SuggestedFilename);
        await download.SaveAsAsync(file);

        await using var other = await browser.OpenAsync();
        var page = other.Page;
        List<string> requests = [];
        page.Request += (_, request) => requests.Add(request.Url);
        await page.GotoAsync(new Uri(file).AbsoluteUri);

        await Expect(page.Locator(".text")).ToHaveCountAsync(SampleShops.HostileBodies.Count);
        Assert.Equal(SampleShops.Script, await page.Locator(".text").First.TextContentAsync());
        Assert.Equal(100_000, (await page.Locator(".text").Nth(3).TextContentAsync())!.Length);
        Assert.Equal(0, await page.Locator("script, img, [onerror], [href^='javascript:']").CountAsync());
        Assert.Equal("Conversation ..", await page.TitleAsync());
        // The page has its style, and asks for nothing else.
        Assert.Equal("pre-wrap", await page.Locator(".text").First.EvaluateAsync<string>("e => getComputedStyle(e).whiteSpace"));
        Assert.Equal([new Uri(file).AbsoluteUri], requests);
        Assert.Empty(other.Complaints);
        await page.AssertAccessibleAsync("a saved transcript");
    }

    [BrowserFact]
    public async Task The_policy_of_a_saved_web_page_stops_scripts()
    {
        await using var reader = await browser.OpenAsync();
        await reader.OpenSamplesAsync();
        var html = await ReadAsync(await SaveAsync(reader.Page, TranscriptAddress.Html));
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "changed.html");
        await File.WriteAllTextAsync(file, html.Replace("</main>", "<script>document.title = 'pwned'</script></main>"));
        await reader.Page.GotoAsync(new Uri(file).AbsoluteUri);
        await Expect(reader.Page).ToHaveTitleAsync($"Conversation {PayloadFiles.ConversationId}");
    }

    [BrowserTheory]
    [InlineData("/conversation/transcript?shop=samples&format=text", HttpStatusCode.BadRequest)]
    [InlineData("/conversation/transcript?shop=samples&conversation=none&format=text", HttpStatusCode.NotFound)]
    public async Task Without_a_conversation_there_is_no_file(string address, HttpStatusCode status)
    {
        using var http = new HttpClient { BaseAddress = browser.Address };
        using var response = await http.GetAsync(new Uri(address, UriKind.Relative));
        Assert.Equal(status, response.StatusCode);
        Assert.Null(response.Content.Headers.ContentDisposition);
    }

    [BrowserFact]
    public async Task A_transcript_is_protected_like_every_answer_and_is_not_shown_in_the_viewer()
    {
        using var http = new HttpClient { BaseAddress = browser.Address };
        var address = new ListAddress(SampleShops.Hostile, new ConversationFilter(), After: null)
            .OfConversation(SampleShops.HostileConversation).Replace("/conversation?", "/conversation/transcript?format=html&");
        using var response = await http.GetAsync(new Uri(address, UriKind.Relative));
        response.EnsureSuccessStatusCode();
        SecurityTests.AssertProtected(response);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    private static async Task<IDownload> SaveAsync(IPage page, string format, bool withNotes = false)
    {
        await page.Locator(".save > summary").ClickAsync();
        await page.GetByLabel("Save as").SelectOptionAsync(format);
        if (withNotes) await page.GetByLabel("With internal notes").CheckAsync();
        return await page.RunAndWaitForDownloadAsync(
            () => page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync());
    }

    private static async Task<string> ReadAsync(IDownload download) =>
        Encoding.UTF8.GetString(await File.ReadAllBytesAsync(await download.PathAsync()));
}
