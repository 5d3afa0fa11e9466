using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Tests.Queries;

/// <summary>The list of a large shop.</summary>
public sealed class BusyListTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const int Conversations = 5_000;

    // One test, since filling the table takes longest.
    [AzuriteFact]
    public async Task The_list_of_5_000_conversations_stays_in_order_while_events_arrive()
    {
        var events = Enumerable.Range(0, Conversations).Select(index => Reply(index, index)).ToList();
        await ApplyAsync(events);
        var (api, random, moved) = (new ReadApi(Table), new Random(1), new HashSet<int>());
        List<JsonObject> listed = [];

        await foreach (var page in api.PagesAsync("top=500"))
        {
            listed.AddRange(page.Select(row => row!.AsObject()));
            // Between two pages, conversations from any place move to the front.
            var moves = Enumerable.Range(0, 50).Select(_ => random.Next(Conversations)).Distinct().ToList();
            moved.UnionWith(moves);
            var arrived = moves.Select(index => Reply(index, Conversations + events.Count + index)).ToList();
            events.AddRange(arrived);
            await ApplyAsync(arrived);
        }

        var times = listed.Select(row => (string)row["lastItemAt"]!).ToList();
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
        var ids = Ids(listed);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(Enumerable.Range(0, Conversations).Except(moved).Select(Id).Except(ids));

        await At_rest_the_list_has_each_conversation_once(events);
        await A_call_whose_filter_finds_nothing_stops_after_5_000_rows();
        await Counting_stops_after_1_000_conversations_or_5_000_rows();
    }

    private async Task At_rest_the_list_has_each_conversation_once(IReadOnlyList<QueuedEvent> events)
    {
        await Table.AssertHasExactlyAsync(events);
        var pages = await new ReadApi(Table).PagesAsync("top=500").ToListAsync();
        Assert.Equal(Enumerable.Range(0, Conversations).Select(Id).Order(), Ids(pages.SelectMany(page => page)).Order());
    }

    private async Task A_call_whose_filter_finds_nothing_stops_after_5_000_rows()
    {
        await ApplyAsync(Enumerable.Range(Conversations, 10).Select(index => Reply(index, 1_000_000 + index)));
        var api = new ReadApi(Table, Log);

        var first = ReadApi.Json(await api.ListAsync("status=closed"));
        Assert.Empty(first["conversations"]!.AsArray());
        Assert.Equal("""["Of the conversations that were searched (5,000), none has the status \u0022closed\u0022."]""",
            first["notes"]!.ToJsonString());
        Assert.InRange(Log.Queries, 5, 10);
        var second = ReadApi.Json(await api.ListAsync($"status=closed&continuationToken={first["continuationToken"]}"));
        Assert.Equal("Of the conversations that were searched (10), none has the status \"closed\".",
            (string)Assert.Single(second["notes"]!.AsArray())!);
        Assert.Empty(second["conversations"]!.AsArray());
        Assert.Null(second["continuationToken"]);
    }

    private async Task Counting_stops_after_1_000_conversations_or_5_000_rows()
    {
        var counts = new ConversationCounts(Table.Conversations(Log));
        foreach (var (filter, count, requests) in new (ConversationFilter, int, int)[]
        {
            (new(), 1_000, 1), (new("open"), 1_000, 1), (new("closed"), 0, 5),
        })
        {
            Log.Clear();
            var counted = await counts.CountAsync(EventFactory.ShopId, new(filter, null, null), CancellationToken.None);
            Assert.Equal((count, true), (counted.Conversations, counted.IsPart));
            Assert.InRange(Log.Total, requests, requests + 1);
        }
    }

    private async Task ApplyAsync(IEnumerable<QueuedEvent> events)
    {
        foreach (var batch in events.Chunk(500)) AssertAll<DeliveryOutcome.Projected>(await Table.ProjectAsync(batch));
    }

    private static QueuedEvent Reply(int conversation, int second) => Reply(Id(conversation), second);

    private static string Id(int conversation) => $"c{conversation}";

    private static List<string> Ids(IEnumerable<JsonNode?> rows) => [.. rows.Select(row => (string)row!["conversationId"]!)];
}
