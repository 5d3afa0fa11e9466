using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using BelcoFunctions.Testing.Belco;

namespace BelcoFunctions.Generator.Tests.Belco;

/// <summary>The false Belco goes wrong only where a test says so, and then as it says.</summary>
public sealed class FalseBelcoTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2025, 6, 11, 9, 15, 5, TimeSpan.Zero);

    private readonly HttpClient client = new();
    private FalseBelco belco = null!;

    public async Task InitializeAsync()
    {
        var account = BelcoAccount.WithShop("shop").AddUser("user", "Anna").AddTeam("team", "Returns")
            .AddContact("shop", "customer-1", "Blue Heron");
        foreach (var number in Enumerable.Range(1, 5)) account.Conversations.Add(Conversation($"c{number}"));
        belco = await FalseBelco.StartAsync(account);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", belco.Token);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await belco.DisposeAsync();
    }

    [Theory]
    [InlineData("shops", """[{"_id":"shop","name":"Shop"}]""")]
    [InlineData("users", """[{"_id":"user","profile":{"firstName":"Anna"}}]""")]
    [InlineData("teams", """{"teams":[{"_id":"team","name":"Returns"}]}""")]
    [InlineData("shops/shop/contacts?limit=1", """{"contacts":[{"_id":"customer-1","pseudonym":"Blue Heron"}]}""")]
    [InlineData("shops/shop/contacts?skip=1", """{"contacts":[]}""")]
    [InlineData("shops/shop/contacts/customer-1", """{"_id":"customer-1","pseudonym":"Blue Heron"}""")]
    [InlineData("webhooks", "[]")]
    public async Task Each_list_has_the_form_that_the_design_names(string path, string expected) =>
        Assert.Equal(expected, await client.GetStringAsync(Address(path)));

    [Fact]
    public async Task A_listed_conversation_shows_its_last_item_without_a_time()
    {
        belco.Account.Conversations.AddItem("c1", BelcoItem.Close("close", Start.AddMinutes(1)));
        var conversation = await GetAsync("conversations/c1");

        Assert.Equal("""{"_id":"close","type":"close","reference":{"type":"user","_id":"agent-1"}}""",
            conversation["lastItem"]!.ToJsonString());
        Assert.Equal("closed", (string?)conversation["status"]);
        Assert.Equal("2025-06-11T09:16:05.000Z", (string?)(await GetAsync("conversations/c1/items"))[1]!["createdAt"]);
    }

    [Fact]
    public async Task A_conversation_that_is_put_in_front_between_two_pages_moves_the_others()
    {
        belco.Rules.Add("conversations", after: 1, fault: BelcoFaults.Before(
            () => belco.Account.Conversations.AddInFront(Conversation("new"))));

        Assert.Equal(["c1", "c2"], await PageAsync(0));
        Assert.Equal(["c2", "c3"], await PageAsync(2));
        Assert.Equal(["new", "c1"], await PageAsync(0));
    }

    [Fact]
    public async Task Activity_moves_a_conversation_to_the_front_and_hides_another_from_who_reads_on()
    {
        belco.Account.Conversations.MoveWithActivity = true;
        belco.Rules.Add("conversations", after: 1, fault: BelcoFaults.Before(
            () => belco.Account.Conversations.AddItem("c5", BelcoItem.Note("note", Start.AddMinutes(1), "Call back"))));

        Assert.Equal(["c1", "c2"], await PageAsync(0));
        Assert.Equal(["c2", "c3"], await PageAsync(2));
        Assert.Equal(["c4"], await PageAsync(4));
        Assert.Equal(["c5", "c1"], await PageAsync(0));
    }

    [Fact]
    public async Task A_page_comes_twice()
    {
        belco.Rules.Add("conversations", BelcoFaults.PageBefore, after: 1);

        Assert.Equal(["c1", "c2"], await PageAsync(0));
        Assert.Equal(["c1", "c2"], await PageAsync(2));
        Assert.Equal(["c3", "c4"], await PageAsync(2));
    }

    [Fact]
    public async Task A_list_ends_at_its_limit_and_a_page_at_its_own()
    {
        belco.Account.Conversations.ListLimit = 3;
        Assert.Equal(["c3"], await PageAsync(2));

        belco.Account.Conversations.PageLimit = 1;
        Assert.Equal(["c1"], await PageAsync(0));
    }

    [Fact]
    public async Task Plain_ids_stand_in_the_conversation_and_its_items()
    {
        belco.Account.Conversations.Find("c1")!.HasPlainIds = true;

        Assert.Equal("c1", (string?)(await GetAsync("conversations/c1"))["id"]);
        Assert.Equal("customer-1", (string?)(await GetAsync("conversations/c1/items"))[0]!["reference"]!["id"]);
        Assert.Null((await GetAsync("conversations/c2"))["id"]);
    }

    [Fact]
    public async Task A_rule_happens_to_the_requests_that_it_names()
    {
        belco.Rules.Add("conversations/*", BelcoFaults.ServerError, after: 1, times: 2);

        Assert.Equal(
            [200, 500, 500, 200],
            await StatusesAsync("conversations/c1", "conversations/c1", "conversations/c2", "conversations/c1"));
        Assert.Equal((4, 0), (belco.Requests.Count("conversations/*"), belco.Requests.Count("conversations")));
    }

    [Fact]
    public async Task A_wrong_token_gets_401_and_what_is_gone_404()
    {
        belco.Account.Conversations.DeleteButList("c1");
        Assert.Equal([404, 404, 404], await StatusesAsync("conversations/c1", "conversations/c1/items", "orders"));
        Assert.Equal(["c1", "c2"], await PageAsync(0));

        belco.Token = "another";
        Assert.Equal([401], await StatusesAsync("shops"));
    }

    [Fact]
    public async Task A_connection_breaks_in_the_middle_of_a_body()
    {
        belco.Rules.Add("conversations", BelcoFaults.Cut);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync(Address("conversations")));
        Assert.Equal(["c1", "c2"], await PageAsync(0));
    }

    [Fact]
    public async Task A_held_request_is_answered_when_it_is_released()
    {
        var hold = new BelcoHold();
        belco.Rules.Add("shops", hold.Fault);
        var held = client.GetStringAsync(Address("shops"));
        await hold.Reached;
        Assert.Equal(["c1", "c2"], await PageAsync(0));
        Assert.False(held.IsCompleted);

        hold.Release();
        Assert.NotEmpty(await held);
        Assert.Equal(2, belco.Requests.MostAtOnce);
    }

    [Fact]
    public async Task An_id_with_a_slash_is_one_part_of_a_path()
    {
        belco.Account.Conversations.Add(Conversation("a/b"));
        belco.Account.Conversations.Add(Conversation("a%2Fb"));

        Assert.Equal("a/b", (string?)(await GetAsync("conversations/a%2Fb"))["_id"]);
        Assert.Equal("a%2Fb", (string?)(await GetAsync("conversations/a%252Fb"))["_id"]);
    }

    [Fact]
    public async Task A_webhook_is_created_changed_and_deleted()
    {
        var body = new { shopId = "shop", url = "https://example.org/", events = new[] { "conversation.created" } };
        using var created = await client.PostAsJsonAsync(Address("webhooks"), body);
        var id = (string?)JsonNode.Parse(await created.Content.ReadAsStringAsync())!["_id"];
        using var paused = await client.PutAsync(Address($"webhooks/{id}/deactivate"), null);
        Assert.Equal("inactive", (string?)(await GetAsync($"webhooks/{id}"))["status"]);

        using var deleted = await client.DeleteAsync(Address($"webhooks/{id}"));
        Assert.Equal([404], await StatusesAsync($"webhooks/{id}"));
        using var refused = await client.PostAsJsonAsync(Address("webhooks"), new { shopId = "shop" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private static BelcoConversation Conversation(string id) => BelcoConversation.Create(id, "shop", Start)
        .Add(BelcoItem.CustomerMessage($"{id}-first", Start, "Hello"));

    private string Address(string path) => $"{belco.Address}/{path}";

    private async Task<JsonNode> GetAsync(string path) => JsonNode.Parse(await client.GetStringAsync(Address(path)))!;

    private async Task<IEnumerable<string?>> PageAsync(int skip) =>
        (await GetAsync($"conversations?limit=2&skip={skip}"))["conversations"]!.AsArray().Select(one => (string?)one!["_id"]);

    private async Task<List<int>> StatusesAsync(params string[] paths)
    {
        List<int> statuses = [];
        foreach (var path in paths)
        {
            using var response = await client.GetAsync(new Uri(Address(path)));
            statuses.Add((int)response.StatusCode);
        }

        return statuses;
    }
}
