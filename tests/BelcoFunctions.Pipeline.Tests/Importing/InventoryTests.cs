using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Pipeline.Tests.Importing;

/// <summary>Reading a list whose order is not known and that changes meanwhile.</summary>
public sealed class InventoryTests
{
    private static readonly DateTimeOffset StartedAt = EventFactory.Start.AddDays(1);

    private readonly BelcoAccount account = BelcoAccount.WithShop(EventFactory.ShopId);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(250)]
    public async Task Every_conversation_is_listed_once(int count)
    {
        Add(count);

        Assert.Equal(count, (await ReadAsync()).Conversations.Count);
    }

    [Fact]
    public async Task A_list_that_names_other_conversations_for_ever_stops_the_import()
    {
        var named = 0;
        var api = new AnsweringApi(TimeProvider.System)
        {
            Otherwise = _ => $$"""{"conversations":[{"_id":"c{{named++}}"},{"_id":"c{{named++}}"}]}""",
        };

        var error = await Assert.ThrowsAsync<ImportStoppedException>(() =>
            new InventoryReader(api, new FieldNotes(), _ => { }, maxConversations: 1_000)
                .ReadAsync(StartedAt, CancellationToken.None));

        Assert.Equal("Belco's list has more than 1,000 conversations. belco cannot import so many.", error.Message);
    }

    [Fact]
    public async Task Pages_may_be_smaller_than_asked_for()
    {
        Add(30);
        account.Conversations.PageLimit = 7;

        Assert.Equal(30, (await ReadAsync()).Conversations.Count);
    }

    [Fact]
    public async Task Conversations_that_come_and_go_and_move_while_the_list_is_read_hide_none()
    {
        Add(400);
        account.Conversations.MoveWithActivity = true;
        var api = new AccountApi(account);
        var asked = 0;
        api.Asked = _ =>
        {
            // As on a busy day: one is deleted, and an unread one moves to the front, where it was read already.
            if (++asked <= 4) account.Conversations.Delete($"c{asked}");
            if (asked <= 4) account.Conversations.AddItem($"c{400 - asked}", BelcoItem.Tag($"t{asked}", StartedAt));
            return Task.CompletedTask;
        };

        var inventory = await ReadAsync(api);

        Assert.All(account.Conversations.All, conversation => Assert.NotNull(inventory.Find(conversation.Id)));
    }

    [Fact]
    public async Task The_list_is_read_again_until_a_pass_finds_nothing_old_that_is_new()
    {
        Add(5);
        var api = new AccountApi(account);
        // Each pass of this list is a page and the empty page after it.
        var asked = 0;
        api.Asked = _ =>
        {
            asked++;
            if (asked == 3) account.Conversations.Add(Conversation("late", StartedAt.AddTicks(-1)));
            if (asked == 5) account.Conversations.Add(Conversation("later", StartedAt));
            return Task.CompletedTask;
        };

        var inventory = await ReadAsync(api);

        Assert.Equal(7, inventory.Conversations.Count);
        Assert.Equal(6, asked);
    }

    [Fact]
    public async Task A_page_that_comes_twice_loses_nothing()
    {
        Add(350);
        var api = new AccountApi(account);
        api.Rules.Add("conversations", BelcoFaults.PageBefore, after: 1);

        Assert.Equal(350, (await ReadAsync(api)).Conversations.Count);
    }

    [Fact]
    public async Task A_list_that_never_ends_stops_the_import()
    {
        Add(100);
        var api = new AccountApi(account);
        var page = account.Locked(() => BelcoRoutes.Answer(account, new("GET", ["conversations"], "", 0, 100, "", null)));
        api.Rules.Always("conversations", BelcoFaults.Answer(page));

        var stopped = await Assert.ThrowsAsync<ImportStoppedException>(() => ReadAsync(api));

        Assert.Contains("does not end", stopped.Message, StringComparison.Ordinal);
        Assert.InRange(api.Paths.Count, 2, 30);
    }

    [Theory]
    [InlineData("""{"conversations":{}}""")]
    [InlineData("""{"error":"no"}""")]
    [InlineData("true")]
    public async Task An_answer_of_another_form_stops_the_import(string answer)
    {
        var api = new AccountApi(account);
        api.Rules.Always("conversations", BelcoFaults.Text(answer));

        await Assert.ThrowsAsync<ImportStoppedException>(() => ReadAsync(api));
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(250, false)]
    [InlineData(300, true)]
    public async Task A_list_that_ends_at_a_round_number_is_suspicious(int count, bool isSuspicious)
    {
        Add(count);

        Assert.Equal(isSuspicious, (await ReadAsync()).EndsAtRoundNumber);
    }

    [Fact]
    public async Task Entries_without_an_id_are_counted()
    {
        Add(2);
        account.Conversations.Find("c1")!.Fields.Remove("_id");

        Assert.Equal(1, (await ReadAsync()).WithoutId);
    }

    [Fact]
    public async Task An_entry_says_its_shop_and_its_beginning_or_nothing()
    {
        account.Conversations.Add(Conversation("known", StartedAt));
        account.Conversations.Add(Conversation("unknown", StartedAt));
        account.Conversations.Find("unknown")!.Fields.With("shopId", 7).With("createdAt", "now");

        var inventory = await ReadAsync();

        Assert.Equal((EventFactory.ShopId, StartedAt), (inventory.Find("known")!.ShopId, inventory.Find("known")!.CreatedAt));
        Assert.Equal((null, null), (inventory.Find("unknown")!.ShopId, inventory.Find("unknown")!.CreatedAt));
    }

    private void Add(int count)
    {
        for (var index = 0; index < count; index++) account.Conversations.Add(Conversation($"c{index}", EventFactory.Start));
    }

    private static BelcoConversation Conversation(string id, DateTimeOffset at) =>
        BelcoConversation.Create(id, EventFactory.ShopId, at);

    private Task<Inventory> ReadAsync(AccountApi? api = null) => new InventoryReader(
        api ?? new AccountApi(account), new FieldNotes(), _ => { }).ReadAsync(StartedAt, CancellationToken.None);
}
