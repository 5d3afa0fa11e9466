using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Pipeline.Tests.Importing;

/// <summary>What an import writes, and what it reads again.</summary>
public sealed class ImportTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private ImportedShop Shop => field ??= new ImportedShop(Table);

    [AzuriteFact]
    public async Task An_empty_archive_gets_all_history()
    {
        Shop.Add("a").Add(BelcoItem.Note("a-2", Second(2), "N")).Add(BelcoItem.Close("a-3", Second(3)));
        Shop.Add("b").Add(BelcoItem.Tag("b-2", Second(2))).Add(BelcoItem.Call("b-3", Second(3)));

        var receipt = await Shop.CompleteAsync();

        Assert.Equal((2, 0, 2, new ItemCounts(Added: 4)),
            (receipt.Listed, receipt.CompleteBefore, receipt.Read, receipt.Items));
        Assert.Equal(new Dictionary<string, int> { ["call"] = 1, ["tag"] = 1 }, receipt.OtherKinds);
        Assert.Equal([], receipt.UnknownFields);
        Assert.Equal(4, (await Table.RowsAsync("timeline_")).Count);
        var conversation = (await Table.RowsAsync("conversation_a"))[0];
        Assert.Equal(("closed", "chat", 3), (conversation["Status"], conversation["Channel"], conversation["Events"]));
    }

    [AzuriteFact]
    public async Task What_is_complete_is_not_read_again()
    {
        for (var index = 0; index < 5; index++) Shop.Add($"c{index}");
        await Shop.CompleteAsync();
        var before = await RowsAsync();
        Shop.Api.Clear();

        var receipt = await Shop.CompleteAsync();

        Assert.Empty(Shop.Api.Read);
        Assert.Equal((5, 5, 0, default), (receipt.Listed, receipt.CompleteBefore, receipt.Read, receipt.Items));
        Assert.Equal(before, await RowsAsync());
    }

    [AzuriteFact]
    public async Task Only_what_changed_at_Belco_is_read_again()
    {
        foreach (var id in (string[])["same", "item", "field"]) Shop.Add(id);
        await Shop.CompleteAsync();
        Shop.Api.Clear();
        Shop.Account.Conversations.AddItem("item", BelcoItem.AgentMessage("item-2", Second(5), "Hi"));
        Shop.Account.Conversations.Find("field")!.Fields["status"] = "snoozed";

        var receipt = await Shop.CompleteAsync();

        Assert.Equal(["field", "item"], Shop.Api.Read.Distinct().Order());
        Assert.Equal(new ItemCounts(Added: 1, AlreadyThere: 2), receipt.Items);
        Assert.Equal("snoozed", (await Table.RowsAsync("conversation_field"))[0]["Status"]);
    }

    [AzuriteFact]
    public async Task A_conversation_with_a_later_webhook_is_read_again()
    {
        Shop.Add("c");
        await Shop.CompleteAsync();
        Shop.Api.Clear();
        var later = (int)(DateTimeOffset.UtcNow - ImportedShop.Start).TotalSeconds + 60;
        await Table.ProjectAsync(Reply("c", later));

        var receipt = await Shop.CompleteAsync();

        Assert.Equal(["c"], Shop.Api.Read.Distinct());
        Assert.Equal([new ToldItem("c", $"item-{later}")], receipt.OnlyNamed.First.Where(item => item.ItemId[0] == 'i'));
    }

    [AzuriteFact]
    public async Task Holes_between_webhooks_are_filled_and_each_item_is_counted_once()
    {
        var conversation = Shop.Add("c");
        var webhooks = Enumerable.Range(10, 3).Select(second => EventFactory.Reply("c", second)).ToList();
        await Table.ProjectAsync([.. webhooks.Select(body => body.ToQueued())]);
        foreach (var body in webhooks) conversation.Add(ItemOf(body));
        conversation.Add(BelcoItem.AgentMessage("paused", Second(20), "You never got this"));

        var receipt = await Shop.CompleteAsync();

        Assert.Equal(new ItemCounts(Added: 2, AlreadyThere: 3), receipt.Items);
        Assert.Equal(5, (await Table.RowsAsync("timeline_")).Count);
        Assert.Equal(5, (await Table.RowsAsync("conversation_c"))[0]["Events"]);
    }

    [AzuriteFact]
    public async Task Items_that_changed_since_are_told_and_kept_and_the_row_stands()
    {
        Shop.Add("c").Add(BelcoItem.Note("note", Second(2), "First"));
        await Shop.CompleteAsync();
        Shop.Account.Conversations.Find("c")!.Items[1]["body"] = "Second";
        Shop.Account.Conversations.Find("c")!.Fields["subject"] = "Edited";

        var receipt = await Shop.CompleteAsync();

        Assert.Equal(new ItemCounts(AlreadyThere: 1, Changed: 1), receipt.Items);
        Assert.Equal("First", (await Table.RowsAsync("timeline_c_20250611T090002"))[0]["Body"]);
        Assert.Single(await Table.UnprojectedRowsAsync());
    }

    [AzuriteFact]
    public async Task An_item_that_is_listed_twice_is_one_row_and_what_differs_is_kept()
    {
        Shop.Add("c").Add(BelcoItem.Note("same", Second(2), "N")).Add(BelcoItem.Note("same", Second(2), "N"))
            .Add(BelcoItem.Note("other", Second(3), "N")).Add(BelcoItem.Note("other", Second(3), "Edited"));

        var receipt = await Shop.CompleteAsync();

        Assert.Equal(new ItemCounts(Added: 3, AlreadyThere: 1, Changed: 1), receipt.Items);
        Assert.Equal(3, (await Table.RowsAsync("timeline_")).Count);
        Assert.Single(await Table.UnprojectedRowsAsync());
    }

    [AzuriteFact]
    public async Task Webhooks_and_their_items_give_the_same_state_in_either_order()
    {
        var conversation = Shop.Add("c");
        var body = EventFactory.Reply("c", 10);
        conversation.Add(ItemOf(body));
        await Shop.CompleteAsync();

        Assert.Equal([new DeliveryOutcome.Duplicate()], await Table.ProjectAsync(body.ToQueued()));

        Assert.Equal(2, (await Table.RowsAsync("timeline_")).Count);
    }

    [AzuriteFact]
    public async Task A_large_item_becomes_a_blob()
    {
        Shop.Add("c").Add(BelcoItem.CustomerMessage("large", Second(2), new string('x', 5_000_000)));

        var receipt = await Shop.CompleteAsync();

        Assert.Equal(2, receipt.Items.Added);
        var row = (await Table.RowsAsync("timeline_c_20250611T090002"))[0];
        Assert.False(row.ContainsKey("Raw"));
        Assert.NotNull(await Table.Payloads.GetAsync((string)row["RawBlob"], CancellationToken.None));
    }

    [AzuriteFact]
    public async Task Plain_ids_give_the_same_items()
    {
        Shop.Account.HasPlainIds = true;
        Shop.Add("c").Add(BelcoItem.AgentMessage("c-2", Second(2), "Hi"));

        await Shop.CompleteAsync();

        Assert.Equal(["customer-1", "agent-1"], (await Table.RowsAsync("timeline_")).Select(row => row["ActorId"]));
    }

    [AzuriteFact]
    public async Task More_items_than_a_transaction_holds_are_written_too()
    {
        var conversation = Shop.Add("c");
        for (var second = 2; second <= 250; second++) conversation.Add(BelcoItem.Note($"n{second}", Second(second), "N"));

        Assert.Equal(250, (await Shop.CompleteAsync()).Items.Added);
        Assert.Equal(250, (await Table.RowsAsync("conversation_c"))[0]["Events"]);
    }

    [AzuriteFact]
    public async Task Ids_that_webhooks_name_and_the_API_does_not_have_are_told_and_not_missing()
    {
        Shop.Add("c");
        var body = EventFactory.Reply("c", 10);
        Shop.Account.Conversations.Find("c")!.Add(ItemOf(body));
        await Table.ProjectAsync(body.ToQueued());

        var receipt = await Shop.CompleteAsync();

        Assert.All(receipt.OnlyNamed.First, item => Assert.Equal("c", item.ConversationId));
        var snapshot = JsonNode.Parse(body)!["payload"]!["conversation"]!;
        Assert.Equal(new[] { (string)snapshot["firstItemId"]!, (string)snapshot["lastItemId"]! }.Distinct().Order(),
            receipt.OnlyNamed.First.Select(item => item.ItemId));
    }

    [AzuriteFact]
    public async Task A_dry_run_says_the_same_and_writes_nothing()
    {
        Shop.Add("c").Add(BelcoItem.Note("n", Second(2), "N").With("colour", "red"));
        var conversation = Shop.Add("d");
        var body = EventFactory.Reply("d", 10);
        await Table.ProjectAsync(body.ToQueued());
        conversation.Add(ItemOf(body).With("body", "Edited"));
        var before = await RowsAsync();

        var receipt = await Shop.ImportAsync(request => request with { DryRun = true });

        Assert.Equal((new ItemCounts(Added: 3, Changed: 1), false), (receipt.Items, receipt.IsComplete));
        Assert.Equal([new UnknownField("item.colour", "string")], receipt.UnknownFields);
        Assert.Equal(before, await RowsAsync());
        Assert.Null(await Shop.MarkAsync());
    }

    [AzuriteFact]
    public async Task Progress_counts_what_is_listed_and_what_is_read()
    {
        for (var index = 0; index < 30; index++) Shop.Add($"c{index}");
        var reports = new Reports();
        Shop.Progress = reports;

        await Shop.CompleteAsync();

        Assert.Contains(new ImportProgress(Listed: 30), reports.All);
        Assert.Equal(30, reports.All.Max(report => report.Read));
        Assert.All(reports.All, report => Assert.True(report.ToRead is null or 30));
    }

    internal static JsonObject ItemOf(byte[] body) =>
        JsonNode.Parse(body)!["payload"]!["conversation_item"]!.DeepClone().AsObject();

    private static DateTimeOffset Second(int second) => ImportedShop.Start.AddSeconds(second);

    private async Task<List<string>> RowsAsync() => [.. (await Table.RowsAsync())
        .Where(row => row.RowKey != "import").Select(row => $"{TestTable.ToText(row)}\n{row.ETag}")];

    private sealed class Reports : IProgress<ImportProgress>
    {
        public System.Collections.Concurrent.ConcurrentQueue<ImportProgress> All { get; } = [];

        public void Report(ImportProgress value) => All.Enqueue(value);
    }
}
