using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.Pipeline.Tests.Queries;

public sealed class ConversationListTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly string[] Agents = ["anna", "bert"];
    private static readonly string[] Channels = ["chat", "email", "voice"];

    [AzuriteTheory]
    [InlineData(0, new[] { 0 })]
    [InlineData(100, new[] { 50, 50 })]
    [InlineData(120, new[] { 50, 50, 20 })]
    public async Task The_list_pages_from_the_newest_to_the_oldest_and_ends_without_an_empty_page(int conversations, int[] sizes)
    {
        await AddConversationsAsync(conversations);

        var pages = await new ReadApi(Table).PagesAsync("top=50").ToListAsync();

        Assert.Equal(sizes, pages.Select(page => page.Count));
        Assert.Equal(Enumerable.Range(0, conversations).Reverse().Select(index => $"c{index}"),
            pages.SelectMany(page => page).Select(row => (string)row!["conversationId"]!));
    }

    [AzuriteFact]
    public async Task A_page_has_50_conversations_by_default_and_500_at_most()
    {
        await AddConversationsAsync(510);
        var api = new ReadApi(Table);

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
    public async Task A_filter_is_exact_and_filters_can_be_combined(string filter, int count)
    {
        await AddConversationsAsync(60);

        var pages = await new ReadApi(Table).PagesAsync($"{filter}&top=7").ToListAsync();

        var found = pages.SelectMany(page => page).Select(row => row!.AsObject()).ToList();
        Assert.Equal(count, found.Count);
        foreach (var pair in filter.Split('&').Select(pair => pair.Split('=')))
        {
            Assert.All(found, row => Assert.Equal(pair[1], (string)row[pair[0]]!));
        }
    }

    [AzuriteFact]
    public async Task A_conversation_reads_the_same_in_the_list_as_alone()
    {
        await Table.ProjectAsync(EventFactory.Batch(50, conversations: 5));
        var api = new ReadApi(Table);

        foreach (var listed in Conversations(await api.ListAsync()))
        {
            var alone = ReadApi.Json(await api.GetAsync((string)listed!["conversationId"]!))["conversation"]!;
            Assert.Equal(alone.ToJsonString(), listed.ToJsonString());
        }
    }

    [AzuriteTheory]
    [InlineData(60, 60)]
    [InlineData(-60, null)]
    public async Task The_first_response_time_counts_from_the_customers_message_to_a_later_reply(int seconds, int? expected)
    {
        var question = EventFactory.Make(EventNames.ConversationCreated, "c", 100).ToQueued();
        await Table.ProjectAsync(question, Reply("c", 100 + seconds));

        var conversation = ReadApi.Json(await new ReadApi(Table).GetAsync("c"))["conversation"]!;

        Assert.Equal(expected, (int?)conversation["firstResponseSeconds"]);
    }

    private async Task AddConversationsAsync(int count)
    {
        foreach (var batch in Enumerable.Range(0, count).Select(Conversation).Chunk(500)) await Table.ProjectAsync(batch);
    }

    private static QueuedEvent Conversation(int index) => EventFactory.Reply($"c{index}", index, item =>
    {
        var snapshot = item.Parent!["conversation"]!;
        snapshot["assignedTo"] = Agents[index % Agents.Length];
        snapshot["channel"] = Channels[index % Channels.Length];
        snapshot["customerId"] = $"customer-{index}";
    }).ToQueued();

    private static JsonArray Conversations(HttpReply reply) => ReadApi.Json(reply)["conversations"]!.AsArray();
}
