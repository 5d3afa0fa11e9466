using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Pipeline.Tests.Importing;

/// <summary>What an import proves, and when the mark moves.</summary>
public sealed class ImportCompletenessTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private ImportedShop Shop => field ??= new ImportedShop(Table);

    [AzuriteFact]
    public async Task After_a_complete_run_the_mark_says_as_of_when_and_by_which_run()
    {
        Shop.Add("c");

        var receipt = await Shop.CompleteAsync();

        Assert.Equivalent(new ImportMark(EventFactory.ShopId, receipt.Run, receipt.StartedAt)
        {
            CompleteAsOf = receipt.StartedAt,
        }, await Shop.MarkAsync(), strict: true);
        Assert.InRange(DateTimeOffset.UtcNow - receipt.StartedAt, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [AzuriteFact]
    public async Task Items_that_cannot_be_written_are_missing_and_their_conversation_is_read_again()
    {
        await Shop.CompleteAsync();
        var complete = (await Shop.MarkAsync())!.CompleteAsOf;
        Shop.Add("c").Add(BelcoItem.Note("timeless", Second(2), "N").Without("createdAt"))
            .Add(BelcoItem.Note("nameless", Second(3), "N").Without("_id"));

        var receipt = await Shop.ImportAsync();

        MissingItem[] missing = [new("c", "timeless", "createdAt is missing."), new("c", null, "_id is missing.")];
        Assert.False(receipt.IsComplete);
        Assert.Equal((1, 2), (receipt.Items.Added, receipt.Missing.Count));
        Assert.Equal(missing, receipt.Missing.First);
        var mark = (await Shop.MarkAsync())!;
        Assert.Equal((receipt.Run, complete, 2), (mark.Run, mark.CompleteAsOf, mark.MissingItems));
        Assert.Equal(missing, mark.Missing);

        Shop.Account.Conversations.Find("c")!.Items.RemoveRange(1, 2);
        Assert.Equal(1, (await Shop.CompleteAsync()).Read);
        Assert.Empty((await Shop.MarkAsync())!.Missing);
    }

    [AzuriteFact]
    public async Task A_failure_is_one_conversations_and_the_mark_does_not_pass_it()
    {
        await Shop.CompleteAsync();
        var mark = await Shop.MarkAsync();
        foreach (var id in (string[])["a", "down", "forbidden", "html", "form", "items", "z"]) Shop.Add(id);
        Shop.Api.Rules.Add("conversations/down", BelcoFaults.ServerError);
        Shop.Api.Rules.Add("conversations/forbidden", BelcoFaults.Forbidden);
        Shop.Api.Rules.Add("conversations/html/items", BelcoFaults.Html);
        Shop.Api.Rules.Add("conversations/form", BelcoFaults.Text("[]"));
        Shop.Api.Rules.Add("conversations/items/items", BelcoFaults.NotFound);

        var receipt = await Shop.ImportAsync();

        Assert.False(receipt.IsComplete);
        Assert.Equal((2, 5), (receipt.Read, receipt.Failed.Count));
        Assert.Equal(
        [
            new("down", "Belco does not answer."),
            new("forbidden", "The user may not read this."),
            new("form", "Belco's answer has a form that belco does not know, or is another conversation."),
            new("html", "The answer is not JSON."),
            new("items", "Belco has the conversation, but answers 404 for its items."),
        ], receipt.Failed.First.OrderBy(failed => failed.ConversationId, StringComparer.Ordinal));
        Assert.Equivalent(mark, await Shop.MarkAsync(), strict: true);

        Shop.Api.Clear();
        await Shop.CompleteAsync();
        Assert.Equal(["down", "forbidden", "form", "html", "items"], Shop.Api.Read.Distinct().Order());
    }

    [AzuriteFact]
    public async Task A_failure_of_the_store_is_the_conversations_too()
    {
        Shop.Add("a");
        Shop.Add("b");
        var fault = new FailedRequest(request => request.IsTransaction(),
            () => FakeResponse.Error(500, "InternalError"), times: 6);

        var receipt = await Shop.ImportAsync(change: null, fault);

        Assert.InRange(receipt.Failed.Count, 1, 2);
        Assert.Null(await Shop.MarkAsync());
        await Shop.CompleteAsync();
        Assert.Equal(2, (await Table.RowsAsync("timeline_")).Count);
    }

    [AzuriteFact]
    public async Task A_conversation_that_is_gone_is_told_and_nothing_is_erased()
    {
        Shop.Add("there");
        Shop.Add("listed");
        Shop.Add("deleted");
        await Table.ProjectAsync(Reply("listed", 10), Reply("deleted", 10));
        Shop.Account.Conversations.DeleteButList("listed");
        Shop.Account.Conversations.Delete("deleted");

        var receipt = await Shop.CompleteAsync();

        Assert.Equal(["deleted", "listed"], receipt.Gone.First.Order());
        Assert.Equal((2, 1), (receipt.Listed, receipt.NotListed));
        Assert.Equal(3, (await Table.RowsAsync("timeline_")).Count);
        Shop.Api.Clear();
        await Shop.CompleteAsync();
        // Belco lists the other one, so the next answer may be another.
        Assert.Equal(["conversations/listed"],
            Shop.Api.Paths.Where(path => path.StartsWith("conversations/", StringComparison.Ordinal)).Distinct());
    }

    [AzuriteFact]
    public async Task A_conversation_of_the_archive_that_a_cut_list_hides_is_read_all_the_same()
    {
        Shop.Add("shown");
        var hidden = Shop.Add("hidden");
        var body = EventFactory.Reply("hidden", 10);
        hidden.Add(ImportTests.ItemOf(body));
        await Table.ProjectAsync(body.ToQueued());
        Shop.Account.Conversations.Hide("hidden");

        var receipt = await Shop.CompleteAsync();

        Assert.Equal((1, 1, 2), (receipt.Listed, receipt.NotListed, receipt.Read));
        Assert.Equal(new ItemCounts(Added: 2, AlreadyThere: 1), receipt.Items);
    }

    [AzuriteFact]
    public async Task A_list_that_ends_at_a_round_number_is_a_warning()
    {
        for (var index = 0; index < 150; index++) Shop.Add($"c{index}");
        Shop.Account.Conversations.ListLimit = 100;

        var receipt = await Shop.CompleteAsync();

        Assert.Contains("ends after 100 conversations", Assert.Single(receipt.Warnings), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Other_shops_are_left_alone_and_a_missing_shop_is_asked_for()
    {
        Shop.Account.AddShop("another");
        Shop.Add("ours");
        Shop.Account.Conversations.Add(BelcoConversation.Create("theirs", "another", ImportedShop.Start));
        var unknown = Shop.Add("unknown");
        unknown.Fields.Remove("shopId");

        var receipt = await Shop.ImportAsync();

        Assert.Equal([new FailedConversation("unknown", "Belco does not say to which shop it belongs.")], receipt.Failed.First);
        Assert.Equal(["ours"], Shop.Api.Read);
    }

    [AzuriteFact]
    public async Task Without_another_shop_every_conversation_is_the_shops()
    {
        Shop.Add("c").Fields.Remove("shopId");

        Assert.Equal(1, (await Shop.CompleteAsync()).Items.Added);
    }

    [AzuriteFact]
    public async Task Since_leaves_out_older_conversations_and_the_archive_is_not_complete()
    {
        var complete = (await Shop.CompleteAsync()).StartedAt;
        Shop.Add("old", at: Second(-10));
        Shop.Add("new", at: Second(0));
        Shop.Add("told", at: Second(-20));
        await Table.ProjectAsync(Reply("told", 0));

        var receipt = await Shop.ImportAsync(request => request with { Since = Second(0) });

        Assert.Equal(["new", "told"], Shop.Api.Read.Distinct().Order());
        Assert.Equal((1, false), (receipt.LeftOut, receipt.IsComplete));
        var mark = (await Shop.MarkAsync())!;
        Assert.Equal((receipt.Run, complete, Second(0)), (mark.Run, mark.CompleteAsOf, mark.Since));
        await Shop.CompleteAsync();
        Assert.Null((await Shop.MarkAsync())!.Since);
    }

    [AzuriteFact]
    public async Task A_conversation_that_is_left_out_and_not_listed_was_not_complete_before()
    {
        Shop.Add("listed", at: Second(200));
        Shop.Add("hidden");
        await Table.ProjectAsync(Reply("hidden", 10));
        Shop.Account.Conversations.Hide("hidden");

        var receipt = await Shop.ImportAsync(request => request with { Since = Second(100) });

        Assert.Equal((1, 0, 1, 1), (receipt.Listed, receipt.CompleteBefore, receipt.Read, receipt.LeftOut));
    }

    [AzuriteFact]
    public async Task A_conversation_of_the_archive_that_can_never_be_read_is_told_once_like_one_that_is_gone()
    {
        Shop.Add("c");
        Shop.Account.AddShop("another");
        Shop.Account.Conversations.Add(BelcoConversation.Create("theirs", "another", ImportedShop.Start));
        Shop.Account.Conversations.Hide("theirs");
        await Table.ProjectAsync(Reply("theirs", 10), Reply(".", 10));

        var receipt = await Shop.CompleteAsync();

        Assert.Equal([".", "theirs"], receipt.Gone.First.Order(StringComparer.Ordinal));
        Shop.Api.Clear();
        Assert.Equal(0, (await Shop.CompleteAsync()).Gone.Count);
        Assert.DoesNotContain("conversations/theirs", Shop.Api.Paths);
    }

    [AzuriteFact]
    public async Task A_conversation_of_another_shop_is_asked_for_once_if_the_list_does_not_say_its_shop()
    {
        Shop.Account.AddShop("another");
        Shop.Add("ours");
        Shop.Account.Conversations.Add(BelcoConversation.Create("theirs", "another", ImportedShop.Start));
        var list = BelcoFaults.Text("""{"conversations":[{"_id":"ours"},{"_id":"theirs"}]}""");
        Shop.Api.Rules.Always("conversations", exchange => exchange.Request.Skip == 0 ? list(exchange) : Task.CompletedTask);
        await Shop.CompleteAsync();
        Assert.Contains("conversations/theirs", Shop.Api.Paths);
        Shop.Api.Clear();

        await Shop.CompleteAsync();

        Assert.DoesNotContain("conversations/theirs", Shop.Api.Paths);
    }

    [AzuriteFact]
    public async Task One_conversation_is_read_in_any_case_and_moves_no_mark()
    {
        Shop.Add("a");
        Shop.Add("b");
        await Shop.CompleteAsync();
        var mark = await Shop.MarkAsync();
        Shop.Api.Clear();

        var receipt = await Shop.ImportAsync(request => request with { ConversationId = "b" });
        var gone = await Shop.ImportAsync(request => request with { ConversationId = "no such" });

        Assert.Equal(["b"], Shop.Api.Read.Distinct());
        Assert.Equal((true, false), (receipt.IsComplete, gone.IsComplete));
        Assert.Equivalent(mark, await Shop.MarkAsync(), strict: true);
    }

    [AzuriteFact]
    public async Task Items_at_another_moment_are_told_and_not_written()
    {
        var conversation = Shop.Add("c");
        byte[][] bodies = [EventFactory.Reply("c", 10), EventFactory.Reply("c", 20)];
        await Table.ProjectAsync([.. bodies.Select(body => body.ToQueued())]);
        conversation.Add(ImportTests.ItemOf(bodies[0]));
        conversation.Add(ImportTests.ItemOf(bodies[1]).With("createdAt", EventTime.ToText(Second(21))));

        var receipt = await Shop.CompleteAsync();

        Assert.Equal([new ToldItem("c", "item-20")], receipt.AtAnotherMoment.First);
        Assert.Equal(new ItemCounts(Added: 1, AlreadyThere: 1), receipt.Items);
        Assert.Equal(3, (await Table.RowsAsync("timeline_")).Count);
    }

    private static DateTimeOffset Second(int second) => ImportedShop.Start.AddSeconds(second);
}
