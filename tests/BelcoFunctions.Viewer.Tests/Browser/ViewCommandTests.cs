using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary><c>belco view</c> on the archive of a <c>belco serve</c>.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ViewCommandTests(BrowserFixture browser)
{
    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_shows_the_archive_says_whose_rights_it_uses_and_writes_nothing(bool byFolder)
    {
        var before = await RowsAsync();
        string[] options = byFolder ? ["--data", browser.DataFolder] : ["--storage", browser.ConnectionString];
        await ViewAsync(options, async (http, output) =>
        {
            Assert.Contains("Read with the account key in the connection string.", output, StringComparison.Ordinal);
            Assert.Contains("The viewer writes nothing.", output, StringComparison.Ordinal);
            Assert.DoesNotContain("AccountKey", output, StringComparison.Ordinal);
            Assert.Contains("message 59", await GetAsync(http, Reader.Shop(SampleShops.Busy).List), StringComparison.Ordinal);
            var conversation = await GetAsync(http, Reader.Shop(SampleShops.Samples).OfConversation(PayloadFiles.ConversationId));
            Assert.Contains("reactie!", conversation, StringComparison.Ordinal);
            Assert.Contains("Read with the account key", conversation, StringComparison.Ordinal);
            using var live = await http.GetAsync(new Uri("live", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, live.StatusCode);
            Assert.DoesNotContain("/live", conversation, StringComparison.Ordinal);
            Assert.DoesNotContain("Dead letters", conversation, StringComparison.Ordinal);
            foreach (var path in (string[])["/dead-letters", "/unprojected", "/dead-letters/redrive", "/unprojected/replay"])
            {
                using var page = await http.GetAsync(new Uri(path, UriKind.Relative));
                using var form = await http.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([]));
                Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.StatusCode, form.StatusCode));
            }

            var report = await GetAsync(http, ListAddress.Report(SampleShops.Samples) + "&since=2025-06-01");
            Assert.Contains("This host cannot see whether events still wait in the queues.", report, StringComparison.Ordinal);
            using var posted = await http.PostWebhookAsync(PayloadFiles.Read("conversation.closed"));
            Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        });
        Assert.Equal(before, await RowsAsync());
    }

    [BrowserFact]
    public async Task An_event_whose_blob_is_gone_says_so()
    {
        var storage = PipelineStorage.FromConnectionString(browser.ConnectionString);
        var e = PayloadFiles.Parse("conversation.replied");
        e["payload"]!["shopId"] = SampleShops.Hostile;
        e["payload"]!["conversation_item"]!["body"] = new string('x', 200_000);
        var body = e.ToUtf8();
        using (var serve = new HttpClient { BaseAddress = browser.Address }) await SampleShops.PostAsync(serve, body);
        await SampleShops.WaitAsync(storage, SampleShops.Hostile, conversations: 2, SampleShops.HostileBodies.Count + 1);
        await foreach (var blob in storage.Payloads.GetBlobsAsync()) await storage.Payloads.DeleteBlobAsync(blob.Name);

        // This needs `belco view`: the pages of serve show its own copy of the body.
        await ViewAsync(["--data", browser.DataFolder], async (http, _) =>
        {
            var identity = body.ToEvent().Identity;
            var address = EventAddress.Raw(identity).Replace("/event/raw", "/event", StringComparison.Ordinal);
            var page = await GetAsync(http, address);
            Assert.Contains("The body is missing", page, StringComparison.Ordinal);
            using var raw = await http.GetAsync(new Uri(EventAddress.Raw(identity), UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, raw.StatusCode);
        });
    }

    [BrowserFact]
    public async Task Without_a_running_serve_it_says_what_to_give()
    {
        using var folder = new TemporaryFolder();
        var result = await BelcoProgram.RunAsync(["view", "--port", "0", "--data", folder.Path]);
        result.AssertError("No belco serve runs with the data folder");
    }

    /// <summary>Runs the command while a test uses it, and returns its output.</summary>
    private static async Task ViewAsync(string[] options, Func<HttpClient, string, Task> useAsync)
    {
        await using var view = await ServeProcess.StartCommandAsync([], ["view", "--port", "0", .. options]);
        using var http = new HttpClient { BaseAddress = new Uri(view.Output[0]["Viewer:".Length..].Trim()) };
        await useAsync(http, string.Join('\n', view.Output));
    }

    private static async Task<string> GetAsync(HttpClient http, string address) =>
        await http.GetStringAsync(new Uri(address, UriKind.Relative));

    private async Task<string> RowsAsync()
    {
        var storage = PipelineStorage.FromConnectionString(browser.ConnectionString);
        List<string> rows = [];
        foreach (var table in (TableClient[])[storage.Conversations.Client, storage.UnprojectedEvents])
        {
            await foreach (var row in table.QueryAsync<TableEntity>()) rows.Add($"{row.PartitionKey} {row.RowKey} {row.ETag}");
        }

        return string.Join('\n', rows);
    }
}
