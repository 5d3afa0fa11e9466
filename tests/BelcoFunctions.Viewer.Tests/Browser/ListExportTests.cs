using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>The list as a file.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ListExportTests(BrowserFixture browser)
{
    [BrowserTheory]
    [InlineData("CSV", "conversations.csv", 20, true)]
    [InlineData("CSV with semicolons, for Excel with Dutch or German settings", "conversations.csv", 20, false)]
    [InlineData("JSON Lines", "conversations.jsonl", 20, true)]
    public async Task A_reader_saves_what_is_filtered(string format, string name, int conversations, bool hasScript)
    {
        await using var reader = await browser.OpenAsync(options => options.JavaScriptEnabled = hasScript);
        await reader.Page.GotoAsync($"/conversations?shop={SampleShops.Busy}&status=Closed");
        await reader.Page.GetByText("Save as a file").ClickAsync();
        var download = await reader.Page.RunAndWaitForDownloadAsync(
            () => reader.Page.GetByRole(AriaRole.Link, new() { Name = format, Exact = true }).ClickAsync());

        Assert.Equal(name, download.SuggestedFilename);
        Assert.Null(await download.FailureAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.Equal(conversations, lines.Length - (name.EndsWith("csv", StringComparison.Ordinal) ? 1 : 0));
        Assert.Empty(reader.Complaints);
    }

    [BrowserFact]
    public async Task The_file_is_the_one_of_belco_export_also_for_hostile_text()
    {
        using var http = new HttpClient { BaseAddress = browser.Address };
        foreach (var (format, options) in new (string, string[])[]
        {
            ("csv", ["--format", "csv"]), ("csv-semicolon", ["--format", "csv", "--delimiter", "semicolon"]),
            ("jsonl", ["--format", "jsonl"]),
        })
        {
            var address = Reader.Shop(SampleShops.Hostile).Export(format);
            using var response = await http.GetAsync(new Uri(address, UriKind.Relative));
            SecurityTests.AssertProtected(response);
            Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
            var exported = await BelcoProgram.RunAsync([
                "export", "--shop", SampleShops.Hostile, "--what", "conversations", "--output", "-", .. options,
                "--storage", browser.ConnectionString]);
            Assert.Equal(exported.Output, await response.Content.ReadAsStringAsync());
        }
    }

    [BrowserTheory]
    [InlineData("shop=busy", 400)]
    [InlineData("shop=busy&format=parquet", 400)]
    [InlineData("shop=busy&format=csv&since=monday", 400)]
    [InlineData("shop=none&format=csv", 404)]
    [InlineData("format=csv", 400)]
    public async Task What_cannot_be_saved_is_a_page_with_an_error(string query, int status)
    {
        using var http = new HttpClient { BaseAddress = browser.Address };
        using var response = await http.GetAsync(new Uri($"/conversations/export?{query}", UriKind.Relative));
        Assert.Equal((status, "text/html"), ((int)response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Null(response.Content.Headers.ContentDisposition);
    }

    [BrowserFact]
    public async Task A_list_without_a_match_is_a_file_without_rows()
    {
        using var http = new HttpClient { BaseAddress = browser.Address };
        using var response = await http.GetAsync(
            new Uri($"/conversations/export?shop={SampleShops.Busy}&status=none&format=jsonl", UriKind.Relative));
        Assert.Equal((200, ""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal("conversations.jsonl", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
    }
}
