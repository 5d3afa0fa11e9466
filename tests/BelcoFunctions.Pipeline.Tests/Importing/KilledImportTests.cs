using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Pipeline.Tests.Importing;

/// <summary>An import that is killed, or runs while webhooks arrive, ends with the same archive.</summary>
public sealed class KilledImportTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const int Kills = 10;

    // Azurite scans the whole table for each timeline, so the time grows with the square. The simulation's KilledImportTests
    // import as many conversations as you like.
    private const int Conversations = 200;

    [AzuriteFact]
    public async Task Killed_ten_times_it_reads_nothing_twice_and_ends_like_one_run()
    {
        var account = Account(Conversations);
        var killed = new ImportedShop(Table, account);
        HashSet<string> complete = [];
        var requests = (3 * Conversations) + 10;
        for (var kill = 0; kill < Kills; kill++)
        {
            killed.Api.Clear();
            killed.Api.KillAfter((requests / Kills) + (2 * (Conversations / NewOnPage)));
            await Assert.ThrowsAsync<KilledException>(() => killed.ImportAsync());
            Assert.Equal([], killed.Api.Read.Where(complete.Contains));
            complete.UnionWith((await Table.RowsAsync("listed_")).Select(row => row.GetString("ConversationId")));
            if (complete.Count > Conversations * 8 / 10) break;
        }

        killed.Api.KillAfter(int.MaxValue);
        var receipt = await killed.CompleteAsync();
        Assert.Equal((Conversations, Conversations), (receipt.Listed, receipt.CompleteBefore + receipt.Read));

        var table = await CreateTableAsync();
        await new ImportedShop(table, account).CompleteAsync();
        Assert.Equal(await RowsAsync(table), await RowsAsync(Table));
    }

    [AzuriteFact]
    public async Task Killed_at_any_request_to_the_store_it_goes_on()
    {
        for (var requests = 0; ; requests++)
        {
            var table = await CreateTableAsync();
            var shop = new ImportedShop(table, Account(3));
            var kill = new KilledAfter(requests);
            await shop.ImportAsync(change: null, kill);
            if (await shop.MarkAsync() is not null) Assert.Equal(12, (await table.RowsAsync("timeline_")).Count);
            await shop.CompleteAsync();
            Assert.Equal(3, (await table.RowsAsync("listed_")).Count);
            Assert.Equal(12, (await table.RowsAsync("timeline_")).Count);
            if (!kill.IsKilled) return;
        }
    }

    [AzuriteFact]
    public async Task Webhooks_that_arrive_meanwhile_are_neither_lost_nor_counted_twice()
    {
        var account = BelcoAccount.WithShop(EventFactory.ShopId);
        var shop = new ImportedShop(Table, account);
        var webhooks = Enumerable.Range(10, 20).Select(second => EventFactory.Reply($"c{second % 3}", second)).ToList();
        foreach (var id in (string[])["c0", "c1", "c2"]) shop.Add(id);
        foreach (var body in webhooks)
        {
            account.Conversations.AddItem((string)JsonNode.Parse(body)!["payload"]!["conversation"]!["_id"]!,
                ImportTests.ItemOf(body));
        }

        var next = -1;
        shop.Api.Asked = async _ =>
        {
            if (Interlocked.Increment(ref next) is var index && index < webhooks.Count) await DeliverAsync(webhooks[index]);
        };
        await shop.CompleteAsync();
        foreach (var body in webhooks) await DeliverAsync(body);

        Assert.Equal(23, (await Table.RowsAsync("timeline_")).Count);
        Assert.Equal(23, (await Table.RowsAsync("conversation_")).Sum(row => row.GetInt32("Events")));

        async Task DeliverAsync(byte[] body) => Assert.True((await Table.ProjectAsync(body.ToQueued()))[0]
            is DeliveryOutcome.Projected or DeliveryOutcome.Duplicate);
    }

    // A page of the list has 100 conversations, and the next one begins 10 before its end.
    private const int NewOnPage = 90;

    private static readonly string[] Moments = ["ReadAt", "ReceivedAt", "AsOf", "Version"];

    private static BelcoAccount Account(int conversations)
    {
        var account = BelcoAccount.WithShop(EventFactory.ShopId);
        for (var index = 0; index < conversations; index++)
        {
            var (id, at) = ($"c{index}", ImportedShop.Start.AddMinutes(index));
            account.Conversations.AddInFront(BelcoConversation.Create(id, EventFactory.ShopId, at, $"customer-{index % 50}")
                .Add(BelcoItem.CustomerMessage($"{id}-1", at.AddSeconds(1), "Where is it?", $"customer-{index % 50}"))
                .Add(BelcoItem.Assignment($"{id}-2", at.AddSeconds(2), to: "agent-1"))
                .Add(BelcoItem.AgentMessage($"{id}-3", at.AddSeconds(3), "On its way."))
                .Add(BelcoItem.Close($"{id}-4", at.AddSeconds(4))));
        }

        return account;
    }

    // Without the moments of reading, which differ between two imports.
    private static async Task<List<string>> RowsAsync(TestTable table) => [.. (await table.RowsAsync())
        .Where(row => row.RowKey != "import")
        .Select(row =>
        {
            foreach (var column in row.Keys.Where(name => Moments.Any(name.EndsWith)).ToList()) row.Remove(column);
            return TestTable.ToText(row);
        }).Order(StringComparer.Ordinal)];
}
