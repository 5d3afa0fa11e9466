using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>The pages for erased rows, and for rows that another program changed.</summary>
[Collection(RepairCollection.Name)]
public sealed class ErasedAndDamagedTests(RepairFixture repair)
{
    private PipelineStorage Storage => repair.Storage;

    private PayloadReader Payloads => new(new BlobPayloadStore(Storage.Payloads));

    [BrowserFact]
    public async Task An_erased_conversation_is_on_no_page()
    {
        var body = await PostAsync("erased");
        var e = body.ToEvent().Identity;
        var eraser = new Eraser(Storage, Payloads, TimeProvider.System);
        await eraser.EraseAsync(
            new ErasureRequest.OfConversation("erased", e.ConversationId, DateTimeOffset.UtcNow), null, CancellationToken.None);

        var list = Reader.Shop("erased");
        var (status, page) = await GetAsync(list.List);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("No conversation matches.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(e.ConversationId, page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(list.OfConversation(e.ConversationId))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(EventAddress.Raw(e))).Status);
    }

    [BrowserTheory]
    [InlineData("damaged-1", "recent_", "Status", 1)]
    [InlineData("damaged-2", "recent_", "ShopId", null)]
    [InlineData("damaged-3", "recent_", "LastItemAt", "yesterday")]
    [InlineData("damaged-4", "timeline_", "Attachments", "no JSON")]
    [InlineData("damaged-5", "timeline_", "EventName", null)]
    public async Task A_damaged_row_and_its_remedy_are_named(string shop, string prefix, string column, object? value)
    {
        var e = (await PostAsync(shop)).ToEvent().Identity;
        await foreach (var row in Storage.Conversations.Client.QueryAsync<TableEntity>(row => row.PartitionKey == shop))
        {
            if (!row.RowKey.StartsWith(prefix, StringComparison.Ordinal)) continue;
            row.Remove(column);
            if (value is not null) row[column] = value;
            await Storage.Conversations.Client.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        }

        var (status, page) = await GetAsync(Reader.Shop(shop).OfConversation(e.ConversationId));

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Contains(e.ConversationId, page, StringComparison.Ordinal);
        Assert.Contains("is damaged", page, StringComparison.Ordinal);
        Assert.Contains("run belco rebuild: it writes the row again", page, StringComparison.Ordinal);
        if (prefix != "recent_") return;
        await new ConversationRebuilder(Storage.Conversations, Payloads, TimeProvider.System)
            .RebuildAsync(shop, e.ConversationId, dryRun: false, CancellationToken.None);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(Reader.Shop(shop).OfConversation(e.ConversationId))).Status);
    }

    [BrowserTheory]
    [InlineData("version-1", "recent_")]
    [InlineData("version-2", "conversation_")]
    [InlineData("version-3", "timeline_")]
    public async Task A_row_of_another_version_is_not_shown(string shop, string prefix)
    {
        var e = (await PostAsync(shop)).ToEvent().Identity;
        await foreach (var row in Storage.Conversations.Client.QueryAsync<TableEntity>(row => row.PartitionKey == shop))
        {
            if (!row.RowKey.StartsWith(prefix, StringComparison.Ordinal)) continue;
            row["SchemaVersion"] = row.GetInt32("SchemaVersion") + 1;
            await Storage.Conversations.Client.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        }

        var list = Reader.Shop(shop);
        var (status, page) = await GetAsync(prefix == "recent_" ? list.List : list.OfConversation(e.ConversationId));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("Another version of BelcoFunctions wrote a row.", page, StringComparison.Ordinal);
    }

    private async Task<byte[]> PostAsync(string shop)
    {
        var body = PayloadFiles.InShop("conversation.replied", shop);
        using var http = new HttpClient { BaseAddress = repair.Address };
        await SampleShops.PostAsync(http, body);
        await SampleShops.WaitAsync(Storage, shop, conversations: 1, events: 1);
        return body;
    }

    private async Task<(HttpStatusCode Status, string Page)> GetAsync(string address)
    {
        using var http = new HttpClient { BaseAddress = repair.Address };
        using var response = await http.GetAsync(new Uri(address, UriKind.Relative));
        SecurityTests.AssertProtected(response);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
