using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Queries;

[Collection(Azurite.Name)]
public sealed class ConversationListTests(AzuriteFixture azurite)
{
    private static readonly string[] Agents = ["anna", "bert"];
    private static readonly string[] Channels = ["chat", "email", "voice"];

    [AzuriteFact]
    public async Task The_list_pages_newest_first_to_the_end()
    {
        var table = await TableWithAsync(120);

        var pages = await new ReadApi(table).PagesAsync("top=50").ToListAsync();

        Assert.Equal([50, 50, 20], pages.Select(page => page.Count));
        Assert.Equal(Enumerable.Range(0, 120).Reverse().Select(index => $"c{index}"), pages.SelectMany(Ids));
    }

    [AzuriteFact]
    public async Task A_page_that_ends_with_the_last_conversation_is_the_last_page()
    {
        var table = await TableWithAsync(100);
        Assert.Equal([50, 50], await new ReadApi(table).PagesAsync("top=50").Select(page => page.Count).ToListAsync());
    }

    [AzuriteFact]
    public async Task An_empty_shop_has_an_empty_list()
    {
        var table = await TestTable.CreateAsync(azurite);
        Assert.Equal("""{"conversations":[]}""", ReadApi.Json(await new ReadApi(table).ListAsync()).ToJsonString());
    }

    [AzuriteFact]
    public async Task The_list_has_50_conversations_unless_asked_otherwise_and_500_at_most()
    {
        var api = new ReadApi(await TableWithAsync(510));

        Assert.Equal(50, Conversations(await api.ListAsync()).Count);
        Assert.Single(Conversations(await api.ListAsync("top=1")));
        Assert.Equal(500, Conversations(await api.ListAsync("top=500")).Count);
    }

    [AzuriteTheory]
    [InlineData("assignedTo=anna", 30)]
    [InlineData("channel=chat", 20)]
    [InlineData("assignedTo=anna&channel=email", 10)]
    [InlineData("status=open", 60)]
    [InlineData("status=closed", 0)]
    [InlineData("customerId=customer-7", 1)]
    [InlineData("customerId=CUSTOMER-7", 0)]
    public async Task A_filter_is_exact_and_filters_add_up(string filter, int count)
    {
        var api = new ReadApi(await TableWithAsync(60));

        var pages = await api.PagesAsync($"{filter}&top=7").ToListAsync();

        var found = pages.SelectMany(page => page).Select(row => row!.AsObject()).ToList();
        Assert.Equal(count, found.Count);
        foreach (var pair in filter.Split('&').Select(pair => pair.Split('=')))
        {
            Assert.All(found, row => Assert.Equal(pair[1], (string)row[pair[0]]!));
        }
    }

    [AzuriteFact]
    public async Task A_conversation_is_listed_as_it_is_shown()
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.ProjectAsync(EventFactory.Batch(50, conversations: 5));
        var api = new ReadApi(table);

        foreach (var listed in Conversations(await api.ListAsync()))
        {
            var shown = ReadApi.Json(await api.GetAsync((string)listed!["conversationId"]!))["conversation"]!;
            Assert.Equal(shown.ToJsonString(), listed.ToJsonString());
        }
    }

    private async Task<TestTable> TableWithAsync(int conversations)
    {
        var table = await TestTable.CreateAsync(azurite);
        foreach (var batch in Enumerable.Range(0, conversations).Select(Conversation).Chunk(500)) await table.ProjectAsync(batch);
        return table;
    }

    private static QueuedEvent Conversation(int index) => EventFactory.Reply($"c{index}", index, item =>
    {
        var snapshot = item.Parent!["conversation"]!;
        snapshot["assignedTo"] = Agents[index % Agents.Length];
        snapshot["channel"] = Channels[index % Channels.Length];
        snapshot["customerId"] = $"customer-{index}";
    }).ToQueued();

    private static JsonArray Conversations(HttpReply reply) => ReadApi.Json(reply)["conversations"]!.AsArray();

    private static IEnumerable<string> Ids(JsonArray page) => page.Select(row => (string)row!["conversationId"]!);
}
