using System.Net;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Queries;

[Collection(Azurite.Name)]
public sealed class TimelineTests(AzuriteFixture azurite)
{
    // As deep as an event may be, three levels of which are around it.
    private const string Deep = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
        + "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]";

    private static readonly string[] SimilarIds = ["c", "c2", "c_", "C"];

    [AzuriteFact]
    public async Task A_timeline_pages_in_the_order_of_time_and_has_no_event_of_another_conversation()
    {
        var table = await TestTable.CreateAsync(azurite);
        var events = SimilarIds.SelectMany(id => Enumerable.Range(0, 30)
            .Select(second => EventFactory.Reply(id, second).ToQueued())).ToArray();
        new Random(1).Shuffle(events);
        await table.ProjectAsync(events);

        var pages = await new ReadApi(table).TimelinePagesAsync("c", "top=12").ToListAsync();

        Assert.Equal([12, 12, 6], pages.Select(page => page.Count));
        Assert.Equal(Enumerable.Range(0, 30).Select(second => $"request-c-{second}"),
            pages.SelectMany(page => page).Select(entry => (string)entry!["requestId"]!));
    }

    [AzuriteFact]
    public async Task An_entry_has_its_columns_in_camel_case_and_no_raw_event()
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.ProjectAsync(PayloadFiles.InShop("conversation.assigned", EventFactory.ShopId).ToQueued());

        var entry = (await EntriesAsync(table, PayloadFiles.ConversationId))[0]!;

        Assert.Equal("""
            {
              "shopId": "shop",
              "conversationId": "sSzxq7tMBFmCY28o8",
              "itemId": "sJ2KnQqJZsEJ8pci5",
              "at": "2025-06-11T09:17:20.768Z",
              "kind": "assignment",
              "eventName": "conversation.assigned",
              "requestId": "4q3Rem4G6pRrWt5zs",
              "eventDate": "2025-06-11T09:17:20.936Z",
              "receivedAt": "2025-06-12T09:00:00.000Z",
              "actorType": "user",
              "actorId": "GKa97c5NNLzcWcHhP",
              "assignedTo": "hDPhQuae27KmsYREq",
              "previousAssignee": "GKa97c5NNLzcWcHhP",
              "viaApi": false,
              "updatedAt": "2025-06-11T09:17:20.768Z"
            }
            """, entry.ToJsonString(new() { WriteIndented = true, NewLine = "\n" }));
    }

    [AzuriteFact]
    public async Task A_long_text_comes_in_one_piece()
    {
        var table = await TestTable.CreateAsync(azurite);
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"{number:D5}"));
        await table.ProjectAsync(EventFactory.Reply("c", 1, item => item["body"] = text).ToQueued());

        var entry = (await EntriesAsync(table, "c"))[0]!.AsObject();

        Assert.Equal(text, (string)entry["body"]!);
        Assert.DoesNotContain("body2", entry.Select(member => member.Key));
        Assert.DoesNotContain("bodyTruncated", entry.Select(member => member.Key));
    }

    [AzuriteTheory]
    [InlineData("[]")]
    [InlineData(Deep)]
    [InlineData("""[{"name":"a.png","size":1.50e3,"url":"https://example.com/?a=1&b=2"},null,["x"]]""")]
    [InlineData("""[{"a":1,"a":2}]""")]
    [InlineData("""["\ud83d\ude00 é \ud83d half", "\\ud83d"]""")]
    [InlineData("""[{"\ud83d":1}]""")]
    public async Task Attachments_are_an_array_whatever_is_in_it(string attachments)
    {
        var table = await TestTable.CreateAsync(azurite);
        var body = System.Text.Encoding.UTF8.GetString(EventFactory.Reply("c", 1, item => item["attachments"] = "here"));
        await table.ProjectAsync(System.Text.Encoding.UTF8.GetBytes(body.Replace("\"here\"", attachments)).ToQueued());

        var entry = (await EntriesAsync(table, "c"))[0]!;

        Assert.Equal(JsonNode.Parse(attachments)!.AsArray().Count, entry["attachments"]!.AsArray().Count);
    }

    [AzuriteFact]
    public async Task A_long_list_of_attachments_comes_in_one_piece_and_one_too_long_not_at_all()
    {
        var table = await TestTable.CreateAsync(azurite);
        var names = Enumerable.Range(0, 6_000).Select(number => JsonValue.Create($"{number:D8}.png")).ToArray<JsonNode>();
        await table.ProjectAsync(EventFactory.Reply("c", 1, item => item["attachments"] = new JsonArray(names)).ToQueued(),
            EventFactory.Reply("c", 2, item => item["attachments"] = new JsonArray(new string('x', 100_000))).ToQueued());

        var entries = await EntriesAsync(table, "c");

        Assert.Equal(6_000, entries[0]!["attachments"]!.AsArray().Count);
        Assert.Null(entries[1]!["attachments"]);
    }

    [AzuriteFact]
    public async Task An_id_that_a_path_cannot_tell_from_another_is_refused_rather_than_mistaken()
    {
        var table = await TestTable.CreateAsync(azurite);
        await table.ProjectAsync(EventFactory.Reply("a%2Fb", 0).ToQueued());
        Assert.Equal(HttpStatusCode.BadRequest, (await new ReadApi(table).GetAsync("a%2Fb")).Status);
    }

    [AzuriteFact]
    public async Task While_the_table_is_down_the_answer_is_503()
    {
        var table = await TestTable.CreateAsync(azurite);
        var api = new ReadApi(table, new Refusal(_ => true, () => FakeResponse.Error(503, "ServerBusy")));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.GetAsync("c")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.ListAsync()).Status);
    }

    private static async Task<JsonArray> EntriesAsync(TestTable table, string conversationId) =>
        ReadApi.Json(await new ReadApi(table).GetAsync(conversationId))["timeline"]!.AsArray();
}
