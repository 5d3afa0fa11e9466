using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Queries;

/// <summary>The list of a large shop.</summary>
[Collection(Azurite.Name)]
public sealed class BusyListTests(AzuriteFixture azurite)
{
    private const int Conversations = 5_000;

    [AzuriteFact]
    public async Task The_list_of_5_000_conversations_stays_in_order_while_events_arrive()
    {
        var table = await TestTable.CreateAsync(azurite);
        var events = Enumerable.Range(0, Conversations).Select(index => Reply(index, index)).ToList();
        await ProjectAsync(table, events);
        var (api, random, moved) = (new ReadApi(table), new Random(1), new HashSet<int>());
        List<JsonObject> listed = [];

        await foreach (var page in api.PagesAsync("top=500"))
        {
            listed.AddRange(page.Select(row => row!.AsObject()));
            // Between two pages, some conversations from anywhere move to the front.
            var moves = Enumerable.Range(0, 50).Select(_ => random.Next(Conversations)).Distinct().ToList();
            moved.UnionWith(moves);
            var arrived = moves.Select(index => Reply(index, Conversations + events.Count + index)).ToList();
            events.AddRange(arrived);
            await ProjectAsync(table, arrived);
        }

        var times = listed.Select(row => (string)row["lastItemAt"]!).ToList();
        Assert.Equal(times.OrderDescending(StringComparer.Ordinal), times);
        var ids = listed.Select(row => (string)row["conversationId"]!).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Empty(Enumerable.Range(0, Conversations).Except(moved).Select(Id).Except(ids));

        await A_list_read_at_rest_has_each_conversation_once_at_its_last_item(table, events);
        await A_call_whose_filter_finds_nothing_gives_up_after_5_000_rows(table);
    }

    // On the same table, since filling it takes longest.
    private static async Task A_list_read_at_rest_has_each_conversation_once_at_its_last_item(
        TestTable table, IReadOnlyList<QueuedEvent> events)
    {
        await table.AssertHasExactlyAsync(events);
        var ids = (await new ReadApi(table).PagesAsync("top=500").ToListAsync())
            .SelectMany(page => page).Select(row => (string)row!["conversationId"]!).ToList();
        Assert.Equal(Enumerable.Range(0, Conversations).Select(Id).Order(), ids.Order());
    }

    private static async Task A_call_whose_filter_finds_nothing_gives_up_after_5_000_rows(TestTable table)
    {
        var log = new RequestLog();
        await ProjectAsync(table, Enumerable.Range(Conversations, 10).Select(index => Reply(index, 1_000_000 + index)));
        var api = new ReadApi(table, log);

        var first = ReadApi.Json(await api.ListAsync("status=closed"));
        Assert.Empty(first["conversations"]!.AsArray());
        Assert.InRange(log.Queries, 5, 10);
        var second = ReadApi.Json(await api.ListAsync($"status=closed&continuationToken={first["continuationToken"]}"));
        Assert.Equal("""{"conversations":[]}""", second.ToJsonString());
    }

    private static async Task ProjectAsync(TestTable table, IEnumerable<QueuedEvent> events)
    {
        foreach (var batch in events.Chunk(500))
        {
            Assert.All(await table.ProjectAsync(batch), outcome => Assert.IsType<DeliveryOutcome.Applied>(outcome));
        }
    }

    private static QueuedEvent Reply(int conversation, int second) => EventFactory.Reply(Id(conversation), second).ToQueued();

    private static string Id(int conversation) => $"c{conversation}";
}
