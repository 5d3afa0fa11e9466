using System.Diagnostics;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary><c>belco view</c> of the archive that a <c>belco serve</c> has.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ViewCommandTests(BrowserFixture browser)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_shows_the_archive_says_whose_rights_it_uses_and_writes_nothing(bool byFolder)
    {
        var before = await RowsAsync();
        var options = byFolder ? (string[])["--data", browser.DataFolder] : ["--storage", browser.ConnectionString];
        using var view = BelcoProgram.Start(["view", "--port", "0", .. options]);
        try
        {
            var output = await ReadStartAsync(view);
            Assert.Contains("Read with the account key in the connection string. The viewer writes nothing.", output);
            Assert.DoesNotContain("AccountKey", output, StringComparison.Ordinal);

            using var http = new HttpClient { BaseAddress = new Uri(output.Split('\n')[0]["Viewer:".Length..].Trim()) };
            Assert.Contains("message 59", await GetAsync(http, Reader.Shop(SampleShops.Busy).List), StringComparison.Ordinal);
            var conversation = await GetAsync(http, Reader.Shop(SampleShops.Samples).OfConversation(PayloadFiles.ConversationId));
            Assert.Contains("reactie!", conversation, StringComparison.Ordinal);
            Assert.Contains("Read with the account key", conversation, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync(new Uri(LocalRoutes.Webhook, UriKind.Relative), null)).StatusCode);
        }
        finally
        {
            view.Kill();
            await view.WaitForExitAsync();
        }

        Assert.Equal(before, await RowsAsync());
    }

    [BrowserFact]
    public async Task Without_a_running_serve_it_says_what_to_give()
    {
        using var folder = new TemporaryFolder();
        var result = await BelcoProgram.RunAsync(["view", "--port", "0", "--data", folder.Path]);
        result.AssertMistake("No belco serve runs with the data folder");
    }

    private static async Task<string> GetAsync(HttpClient http, string address) =>
        await http.GetStringAsync(new Uri(address, UriKind.Relative));

    private static async Task<string> ReadStartAsync(Process view)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        var output = new StringBuilder();
        while (await view.StandardOutput.ReadLineAsync(timeout.Token) is { } line && !line.StartsWith("Ctrl+C", StringComparison.Ordinal))
        {
            output.Append(line).Append('\n');
        }

        return output.ToString();
    }

    private async Task<string> RowsAsync()
    {
        var storage = PipelineStorage.FromConnectionString(browser.ConnectionString);
        List<string> rows = [];
        foreach (var table in (TableClient[])[storage.Conversations, storage.UnprojectedEvents])
        {
            await foreach (var row in table.QueryAsync<TableEntity>()) rows.Add($"{row.PartitionKey} {row.RowKey} {row.ETag}");
        }

        return string.Join('\n', rows);
    }
}
