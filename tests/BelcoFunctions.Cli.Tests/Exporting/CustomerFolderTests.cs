using System.Text.RegularExpressions;
using Azure.Data.Tables;
using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Testing.Receiving;
using BelcoFunctions.Testing.Storage;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Cli.Tests.Exporting;

/// <summary>The answer to a customer's request for access.</summary>
public sealed partial class CustomerFolderTests(AzuriteFixture azurite) : TableTests(azurite), IDisposable
{
    private const string Shop = EventFactory.ShopId;
    private const string Hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>\u202Ereversed";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("belco-tests-");

    private string Target => Path.Combine(folder.FullName, "answer");

    [AzuriteFact]
    public async Task It_has_every_conversation_that_names_the_customer_with_the_bytes_of_each_event()
    {
        byte[] large = EventFactory.Reply("mine", 2, item => item["body"] = new string('x', 200_000));
        byte[] mine = Message("c", "mine", 1), merged = Message("c", "merged", 1), later = Message("d", "merged", 2);
        byte[] pretty = Encoding.UTF8.GetBytes(
            "\uFEFF" + JsonNode.Parse(Message("c", "pretty", 1))!.ToString().ReplaceLineEndings("\r\n"));
        var actor = EventFactory.Reply("actor", 1, item =>
        {
            item.Parent!["conversation"]!["customerId"] = "d";
            item["reference"]!["type"] = "contact";
            item["reference"]!["_id"] = "c";
        });
        foreach (var body in new[] { mine, large, merged, later, pretty, actor, Message("d", "untouched", 1) })
            await Table.ProjectAsync(await ReceiveAsync(body));
        await KeepAsync("""{"requestId":"1","eventName":"contact.updated","payload":{"shopId":"shop","_id":"c"}}""");
        await KeepAsync("""{"requestId":"2","eventName":"call.created","payload":{"shopId":"shop","of":["actor"]}}""");
        await KeepAsync("""{"requestId":"3","eventName":"contact.updated","payload":{"shopId":"shop","_id":"d"}}""");
        await KeepAsync("""{"requestId":"4","eventName":"contact.updated","payload":{"shopId":"other","_id":"c"}}""");

        var index = await WriteAsync("c");

        Assert.Equal((4, 6, 0, 2), (index.Conversations.Count, index.Events, index.Missing, index.Unprojected.Count));
        var conversations = Lines("conversations.jsonl");
        Assert.Equal(["actor", "merged", "mine", "pretty"],
            conversations.Select(line => (string)line["conversationId"]!).Order());
        Assert.All(conversations, line => Assert.Contains(
            $"<td>{line["conversationId"]}</td>", Read((string)line["page"]!), StringComparison.Ordinal));
        var timeline = Lines("timeline.jsonl");
        var files = timeline.Select(line => DuckDb.Hex(File.ReadAllBytes(Path.Combine(Target, (string)line["file"]!))));
        Assert.Equal(new[] { mine, large, merged, later, pretty, actor }.Select(DuckDb.Hex).Order(), files.Order());
        Assert.Equal(6, Directory.GetFiles(Path.Combine(Target, "events"), "*", SearchOption.AllDirectories).Length);
        Assert.Equal(["1", "2"], index.Unprojected.Select(file => (string)JsonNode.Parse(Read(file))!["requestId"]!).Order());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Target));
        AssertLinksWork();
    }

    [AzuriteFact]
    public async Task Texts_and_ids_are_written_as_text_and_never_name_a_file()
    {
        string[] ids = ["../../escape", "CON", "a/b", "A/B", Hostile, "x\0y"];
        foreach (var (index, id) in ids.Index())
        {
            await Table.ProjectAsync(EventFactory.Reply(id, index, item =>
            {
                item["body"] = Hostile;
                item["type"] = Hostile;
                item["reference"]!["_id"] = Hostile;
                item["attachments"] = new JsonArray(new JsonObject { ["url"] = "javascript:alert(1)", ["name"] = Hostile });
                item.Parent!["conversation"]!["customerId"] = Hostile;
                item.Parent!["conversation"]!["channel"] = Hostile;
            }).ToQueued());
        }

        await WriteAsync(Hostile);

        Assert.Equal(ids.Order(StringComparer.Ordinal),
            Lines("conversations.jsonl").Select(line => (string)line["conversationId"]!).Order(StringComparer.Ordinal));
        Assert.Equal(["answer"], folder.EnumerateFileSystemInfos().Select(entry => entry.Name));
        foreach (var file in Directory.GetFiles(Target, "*", SearchOption.AllDirectories))
            Assert.Matches(SafeName(), Path.GetRelativePath(Target, file).Replace('\\', '/'));
        var pages = Directory.GetFiles(Target, "*.html", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        Assert.Equal(7, pages.Count);
        Assert.All(pages, page =>
        {
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
            Assert.DoesNotContain("href=\"javascript", page, StringComparison.Ordinal);
            Assert.Contains("default-src 'none'; style-src 'sha256-", page, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        });
        AssertLinksWork();
    }

    [AzuriteFact]
    public async Task A_message_reads_as_the_viewer_shows_it()
    {
        await Table.ProjectAsync(EventFactory.Reply("c", 1, item =>
        {
            item["body"] = "one\rtwo\r\nthree \u0080\u0092 \u202Eend";
            item["attachments"] = JsonNode.Parse("""
                [{"name":"\u0639.pdf","url":"https://files.example/1"}, "data:image/png;base64,AAAA", {"size":1}]
                """);
            item.Parent!["conversation"]!["customerId"] = "c";
        }).ToQueued(), EventFactory.Reply("c", 2, item =>
        {
            item["body"] = "<!DOCTYPE html><style>p {}</style><p>Hello";
            item["attachments"] = new JsonArray(new string('x', 100_001));
        }).ToQueued(), EventFactory.Reply("c", 3, item => item["body"] = " \u200B").ToQueued());

        await WriteAsync("c");

        var page = WebUtility.HtmlDecode(Read("conversations/0001.html"));
        Assert.Contains(">one\ntwo\nthree [U+0080][U+0092] [U+202E]end</div>", page, StringComparison.Ordinal);
        Assert.Contains("""<li><a href="https://files.example/1" rel="noreferrer"><bdi>ع.pdf</bdi></a></li>""", page,
            StringComparison.Ordinal);
        Assert.Contains("<li><bdi>image/png, 3 bytes</bdi></li>", page, StringComparison.Ordinal);
        Assert.Contains("<li><bdi>{\"size\":1}</bdi></li>", page, StringComparison.Ordinal);
        Assert.Contains(">Hello</div>", page, StringComparison.Ordinal);
        Assert.Contains("The attachments are too large to show.", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("class=\"text\"").Length - 1);
    }

    [AzuriteFact]
    public async Task Names_stand_beside_the_ids()
    {
        var message = JsonNode.Parse(Message("c", "mine", 1))!;
        message["payload"]!["conversation_item"]!["reference"] = new JsonObject { ["type"] = "user", ["_id"] = "agent" };
        await Table.ProjectAsync(Encoding.UTF8.GetBytes(message.ToJsonString()).ToQueued());
        await NameAsync(NameKind.Contact, "c", Hostile);
        await NameAsync(NameKind.User, "agent", "Ada Lovelace");

        await WriteAsync("c");

        Assert.Equal(Hostile, (string)Lines("conversations.jsonl")[0]["customerName"]!);
        Assert.Equal("Ada Lovelace", (string)Lines("timeline.jsonl")[0]["actorName"]!);
        string[] pages = [Read("index.html"), Read("conversations/0001.html")];
        Assert.All(pages, page => Assert.DoesNotContain("<script", page, StringComparison.Ordinal));
        var shown = Hostile.Replace("\u202E", "[U+202E]", StringComparison.Ordinal);
        Assert.Contains($"<th>Name</th><td>{shown}</td>", WebUtility.HtmlDecode(pages[0]), StringComparison.Ordinal);
        Assert.Contains($"<th>Customer</th><td>{shown} (c)</td>", WebUtility.HtmlDecode(pages[1]), StringComparison.Ordinal);
        Assert.Contains("Agent Ada Lovelace (agent)", pages[1], StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_name_alone_is_also_something_about_the_customer()
    {
        await NameAsync(NameKind.Contact, "c", "Zoë");
        Assert.Equal(("Zoë", 0), (await WriteAsync("c") is var index ? index.CustomerName : null, index.Events));
    }

    [AzuriteFact]
    public async Task Erased_events_are_not_in_it()
    {
        await Table.ProjectAsync(
            Message("c", "gone", 1).ToQueued(), Message("c", "partly", 1).ToQueued(), Message("c", "partly", 100).ToQueued());
        foreach (var id in new[] { "gone", "partly" })
        {
            await Table.Eraser().EraseAsync(
                new ErasureRequest.OfConversation(Shop, id, EventFactory.Start.AddSeconds(50)), null, default);
        }

        var index = await WriteAsync("c");

        Assert.Equal((1, 1), (index.Conversations.Count, index.Events));
        Assert.Equal("partly", (string?)Assert.Single(Lines("timeline.jsonl"))["conversationId"]);
    }

    [AzuriteFact]
    public async Task An_event_whose_blob_is_missing_is_counted_and_reported()
    {
        var large = await ReceiveAsync(EventFactory.ReplyOfSize(200_000));
        await Table.ProjectAsync(large, Message("customer", "c", 2).ToQueued());
        await Table.Payloads.DeleteAsync(large.PayloadBlob!, default);

        var index = await WriteAsync("customer");

        Assert.Equal((2, 1), (index.Events, index.Missing));
        Assert.Contains("The bytes of 1 event:", Read("index.html"), StringComparison.Ordinal);
        Assert.Contains("is missing in the archive", Read("conversations/0001.html"), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Rows_that_do_not_say_whose_they_are_are_counted_and_reported()
    {
        await Table.ProjectAsync(Message("c", "mine", 1).ToQueued(), Message("d", "unknown", 1).ToQueued());
        await KeepAsync("""{"requestId":"1","eventName":"contact.updated","payload":{"shopId":"shop","_id":"c"}}""");
        var timeline = (await Table.RowsAsync("timeline_")).Single(row => (string)row["ConversationId"] == "unknown");
        await DamageAsync(Table.Client(), timeline);
        var unprojected = Table.Storage().UnprojectedEvents;
        await DamageAsync(unprojected, await unprojected.QueryAsync<TableEntity>().SingleAsync());

        var index = await WriteAsync("c");

        Assert.Equal((1, 0, 2), (index.Conversations.Count, index.Unprojected.Count, index.Remaining.Count));
        Assert.Contains("2 rows in the archive could not be read", WebUtility.HtmlDecode(Read("index.html")),
            StringComparison.Ordinal);
        Directory.Delete(Target, recursive: true);
        var nothing = await Assert.ThrowsAsync<CommandException>(() => WriteAsync("nobody"));
        Assert.Contains($"2 rows in the archive could not be read", nothing.Message, StringComparison.Ordinal);
        Assert.Contains(timeline.RowKey, nothing.Message, StringComparison.Ordinal);

        static Task DamageAsync(TableClient table, TableEntity row)
        {
            row["Raw"] = 7;
            return table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        }
    }

    [AzuriteFact]
    public async Task No_folder_is_created_if_nothing_is_found_or_a_row_cannot_be_read()
    {
        await Table.ProjectAsync(Message("c", "mine", 1).ToQueued());
        var nothing = await Assert.ThrowsAsync<CommandException>(() => WriteAsync("nobody"));
        Assert.StartsWith("Nothing of this customer was found in the shop shop.", nothing.Message, StringComparison.Ordinal);

        var row = Assert.Single(await Table.RowsAsync("timeline_"));
        row["Attachments"] = "no JSON";
        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        await Assert.ThrowsAsync<DamagedRowException>(() => WriteAsync("c"));

        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [AzuriteFact]
    public async Task A_folder_that_exists_is_left_alone()
    {
        Directory.CreateDirectory(Target);
        var exists = await Assert.ThrowsAsync<CommandException>(() => WriteAsync("c"));
        Assert.EndsWith("exists. Give --output a new folder.", exists.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Task<CustomerIndex> WriteAsync(string customerId)
    {
        var archive = new CustomerArchive(Table.Storage(), new PayloadReader(Table.Payloads));
        var names = new NameQueries(Table.Conversations(), TimeProvider.System);
        return new CustomerFolder(archive, names, new Progress<int>(), new FakeTimeProvider(TestReceiver.Now))
            .WriteAsync(Shop, customerId, Target, CancellationToken.None);
    }

    private Task NameAsync(NameKind kind, string id, string name) =>
        NameRows.WriteAsync(Table.Conversations(), Shop, id, name, kind);

    private static byte[] Message(string customerId, string conversationId, int second) => EventFactory.Reply(
        conversationId, second, item => item.Parent!["conversation"]!["customerId"] = customerId);

    private async Task KeepAsync(string body) => await Table.UnprojectedStore()
        .KeepAsync([await ReceiveAsync(Encoding.UTF8.GetBytes(body))], CancellationToken.None);

    private JsonNode[] Lines(string file) =>
        [.. File.ReadLines(Path.Combine(Target, file)).Select(line => JsonNode.Parse(line)!)];

    private string Read(string file) => File.ReadAllText(Path.Combine(Target, file));

    private void AssertLinksWork()
    {
        foreach (var page in Directory.GetFiles(Target, "*.html", SearchOption.AllDirectories))
        {
            var links = Link().Matches(File.ReadAllText(page)).Select(match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(links);
            Assert.All(links, link => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(page)!, link)), link));
        }
    }

    [GeneratedRegex(@"^(index\.html|\w+\.jsonl|(conversations|events/\d{4})/\d{4}\.(html|json))$")]
    private static partial Regex SafeName();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();
}
