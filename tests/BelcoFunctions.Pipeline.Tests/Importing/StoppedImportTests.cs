using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Pipeline.Tests.Importing;

/// <summary>What stops an import: nothing that it would write or prove could be right.</summary>
public sealed class StoppedImportTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private ImportedShop Shop => field ??= new ImportedShop(Table);

    [AzuriteFact]
    public async Task A_token_that_expires_stops_the_run_and_the_next_run_goes_on()
    {
        for (var index = 0; index < 30; index++) Shop.Add($"c{index}");
        Shop.Api.Rules.Always("conversations/*", BelcoFaults.TokenExpired, after: 15);

        var receipt = await Shop.ImportAsync();

        Assert.Equal("The token is refused.", receipt.Stopped);
        Assert.Null(await Shop.MarkAsync());
        Shop.Api.Rules.Clear();
        Shop.Api.Clear();
        await Shop.CompleteAsync();
        Assert.InRange(Shop.Api.Read.Count(), 1, 30 - receipt.Read);
    }

    [AzuriteFact]
    public async Task When_Belco_answers_no_more_the_run_stops()
    {
        for (var index = 0; index < 100; index++) Shop.Add($"c{index}");
        Shop.Api.Rules.Always("conversations/*", BelcoFaults.ServerError);

        var receipt = await Shop.ImportAsync();

        Assert.StartsWith("40 conversations in a row failed", receipt.Stopped, StringComparison.Ordinal);
        Assert.InRange(Shop.Api.Paths.Count(path => path.StartsWith("conversations/", StringComparison.Ordinal)), 40, 60);
    }

    [AzuriteFact]
    public async Task If_every_conversation_is_gone_the_archive_is_not_called_complete()
    {
        Shop.Add("a");
        Shop.Add("b");
        Shop.Api.Rules.Always("conversations/*", BelcoFaults.NotFound);

        var receipt = await Shop.ImportAsync();

        Assert.Equal("Belco answered 404 for each conversation that it was asked for. Check --api.", receipt.Stopped);
        Assert.Null(await Shop.MarkAsync());
    }

    [AzuriteFact]
    public async Task If_no_moment_agrees_with_webhooks_that_came_after_the_start_nothing_is_written_twice()
    {
        var body = EventFactory.Reply("c", 10);
        Shop.Add("c").Add(ImportTests.ItemOf(body).With("createdAt", EventTime.ToText(Second(11))));
        Shop.Api.Asked = path => path == "conversations/c" ? Table.ProjectAsync(body.ToQueued()) : Task.CompletedTask;

        var receipt = await Shop.ImportAsync();

        Assert.Contains("another createdAt than the webhooks for each item", receipt.Stopped, StringComparison.Ordinal);
        Assert.Single(await Table.RowsAsync("timeline_"));
    }

    [AzuriteFact]
    public async Task A_shop_that_the_token_cannot_read_stops_the_run()
    {
        Shop.Add("c");
        Shop.Account.Shops.Clear();
        Shop.Account.AddShop("another");

        var receipt = await Shop.ImportAsync();

        Assert.Contains("The shop shop is not among the shops", receipt.Stopped, StringComparison.Ordinal);
        Assert.Equal([], await Table.RowsAsync());
    }

    [AzuriteFact]
    public async Task An_empty_list_stops_the_run_if_the_archive_has_conversations()
    {
        await Table.ProjectAsync(Reply("c", 10));
        Shop.Account.AddShop("another");
        Shop.Account.Conversations.Add(BelcoConversation.Create("x", "another", ImportedShop.Start));

        var receipt = await Shop.ImportAsync();

        Assert.Contains(
            "Belco lists no conversation of the shop, but the archive has 1", receipt.Stopped, StringComparison.Ordinal);
        Assert.Null(await Shop.MarkAsync());
    }

    [AzuriteFact]
    public async Task If_no_moment_agrees_the_import_stops_before_it_writes()
    {
        Shop.Add("empty");
        foreach (var id in (string[])["c", "d"])
        {
            var body = EventFactory.Reply(id, 10);
            await Table.ProjectAsync(body.ToQueued());
            Shop.Add(id).Add(ImportTests.ItemOf(body).With("createdAt", EventTime.ToText(Second(10 + 3600))));
        }

        var receipt = await Shop.ImportAsync();

        Assert.Contains("another createdAt than the webhooks for each item", receipt.Stopped, StringComparison.Ordinal);
        Assert.Equal(2, (await Table.RowsAsync("timeline_")).Count);
        Assert.Equal([], await Table.RowsAsync("listed_"));
    }

    [AzuriteFact]
    public async Task Once_the_probe_agreed_an_item_at_another_moment_stops_nothing()
    {
        foreach (var (id, later) in ((string, int)[])[("agrees", 0), ("differs", 1)])
        {
            var body = EventFactory.Reply(id, 10);
            await Table.ProjectAsync(body.ToQueued());
            Shop.Add(id).Add(ImportTests.ItemOf(body).With("createdAt", EventTime.ToText(Second(10 + later))));
        }

        // After the probe, the run itself finds no item that agrees.
        Shop.Api.Rules.Always("conversations/agrees", BelcoFaults.ServerError, after: 1);

        var receipt = await Shop.ImportAsync();

        Assert.Null(receipt.Stopped);
        Assert.Equal([new ToldItem("differs", "item-10")], receipt.AtAnotherMoment.First);
    }

    [AzuriteTheory]
    [InlineData("shops")]
    [InlineData("conversations")]
    public async Task If_the_user_may_not_read_the_list_the_run_stops(string path)
    {
        Shop.Add("c");
        Shop.Api.Rules.Always(path, BelcoFaults.Forbidden);

        var receipt = await Shop.ImportAsync();

        Assert.Equal("The user may not read this.", receipt.Stopped);
        Assert.Equal([], await Table.RowsAsync());
    }

    [AzuriteFact]
    public async Task If_the_store_fails_at_the_end_the_receipt_says_so_and_what_was_done()
    {
        Shop.Add("c");
        var fault = new FailedRequest(
            request => request.Method == HttpMethod.Post && !request.IsTransaction(), () => FakeResponse.Error(403, "Forbidden"));

        var receipt = await Shop.ImportAsync(change: null, fault);

        Assert.Equal(("The store is unavailable: 403 Forbidden", 1, false), (receipt.Stopped, receipt.Read, receipt.IsComplete));
        Assert.Null(await Shop.MarkAsync());
    }

    private static DateTimeOffset Second(int second) => ImportedShop.Start.AddSeconds(second);
}
