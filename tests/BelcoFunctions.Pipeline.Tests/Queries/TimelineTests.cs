using System.Net;
using System.Text.Json.Nodes;

namespace BelcoFunctions.Pipeline.Tests.Queries;

public sealed class TimelineTests(AzuriteFixture azurite) : TableTests(azurite)
{
    // As deep as an event may be: three of its 64 levels are around the attachments.
    private const string Deep = "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
        + "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]";

    private static readonly string[] SimilarIds = ["c", "c2", "c_", "C"];

    [AzuriteFact]
    public async Task A_timeline_pages_from_the_oldest_to_the_newest_and_has_no_event_of_another_conversation()
    {
        var events = SimilarIds.SelectMany(id => Enumerable.Range(0, 30)
            .Select(second => Reply(id, second))).ToArray();
        new Random(1).Shuffle(events);
        await Table.ProjectAsync(events);

        var pages = await new ReadApi(Table).TimelinePagesAsync("c", "top=12").ToListAsync();

        Assert.Equal([12, 12, 6], pages.Select(page => page.Count));
        Assert.Equal(Enumerable.Range(0, 30).Select(second => $"request-c-{second}"),
            pages.SelectMany(page => page).Select(entry => (string)entry!["requestId"]!));
    }

    [AzuriteFact]
    public async Task An_entry_has_its_columns_in_camel_case_and_no_raw_event()
    {
        await Table.ProjectAsync(PayloadFiles.InShop("conversation.assigned", EventFactory.ShopId).ToQueued());

        var entry = (await EntriesAsync(PayloadFiles.ConversationId))[0]!;

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
    public async Task A_long_text_is_one_string()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(number => $"{number:D5}"));
        await Table.ProjectAsync(EventFactory.Reply("c", 1, item => item["body"] = text).ToQueued());

        var entry = (await EntriesAsync("c"))[0]!.AsObject();

        Assert.Equal(text, (string)entry["body"]!);
        Assert.DoesNotContain("body2", entry.Select(member => member.Key));
        Assert.DoesNotContain("bodyTruncated", entry.Select(member => member.Key));
    }

    [AzuriteTheory]
    [InlineData("[]")]
    [InlineData("[[],{}]")]
    [InlineData("[1e999,-0]")]
    [InlineData("""["\u0000\u202E😀"]""")]
    [InlineData("""["\ude00"]""")]
    [InlineData(Deep)]
    [InlineData("""[{"name":"a.png","size":1.50e3,"url":"https://example.com/?a=1&b=2"},null,["x"]]""")]
    [InlineData("""[{"a":1,"a":2,"\u0061":3}]""")]
    [InlineData("""["\ud83d\ude00 é \ud83d half", "\\ud83d"]""")]
    [InlineData("""[{"\ud83d":"\ud83d"}]""")]
    public async Task Attachments_are_an_array_whatever_is_in_them(string attachments)
    {
        var body = System.Text.Encoding.UTF8.GetString(EventFactory.Reply("c", 1, item => item["attachments"] = "here"));
        await Table.ProjectAsync(System.Text.Encoding.UTF8.GetBytes(body.Replace("\"here\"", attachments)).ToQueued());

        var entry = (await EntriesAsync("c"))[0]!;

        Assert.Equal(JsonNode.Parse(attachments)!.AsArray().Count, entry["attachments"]!.AsArray().Count);
    }

    [AzuriteFact]
    public async Task A_long_list_of_attachments_is_one_array_and_a_list_that_is_too_long_is_left_out()
    {
        var names = Enumerable.Range(0, 6_000).Select(number => JsonValue.Create($"{number:D8}.png")).ToArray<JsonNode>();
        await Table.ProjectAsync(EventFactory.Reply("c", 1, item => item["attachments"] = new JsonArray(names)).ToQueued(),
            EventFactory.Reply("c", 2, item => item["attachments"] = new JsonArray(new string('x', 100_000))).ToQueued());

        var entries = await EntriesAsync("c");

        Assert.Equal(6_000, entries[0]!["attachments"]!.AsArray().Count);
        Assert.Null(entries[1]!["attachments"]);
    }

    [AzuriteFact]
    public async Task An_id_that_is_ambiguous_in_a_path_is_refused()
    {
        await Table.ProjectAsync(EventFactory.Reply("a%2Fb", 0).ToQueued());
        Assert.Equal(HttpStatusCode.BadRequest, (await new ReadApi(Table).GetAsync("a%2Fb")).Status);
    }

    [AzuriteFact]
    public async Task While_the_table_is_down_the_answer_is_503()
    {
        var api = new ReadApi(Table, new FailedRequest(_ => true, () => FakeResponse.Error(503, "ServerBusy")));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.GetAsync("c")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await api.ListAsync()).Status);
    }

    private async Task<JsonArray> EntriesAsync(string conversationId) =>
        ReadApi.Json(await new ReadApi(Table).GetAsync(conversationId))["timeline"]!.AsArray();
}
