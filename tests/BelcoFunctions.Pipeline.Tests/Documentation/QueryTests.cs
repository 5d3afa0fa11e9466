using System.Text;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Documentation;

/// <summary>The filters and programs of docs/querying.md find what the page says, in a table with Belco's samples and other
/// rows.</summary>
public sealed partial class QueryTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string Shop = PayloadFiles.ShopId;
    private const string Conversation = PayloadFiles.ConversationId;

    private static readonly DocumentationPage Page = DocumentationPage.Read("docs/querying.md");

    private static readonly QueuedEvent[] Samples = [.. PayloadFiles.Names.Select(name => PayloadFiles.Read(name).ToQueued())];

    // Ids that sort right before and after, a conversation with an older last item, and one of another shop.
    private static readonly QueuedEvent[] Others =
    [
        InShop(Shop, Conversation + "-", 0), InShop(Shop, Conversation + "0", 1), InShop(Shop, Conversation + "_", 2),
        InShop(Shop, Conversation + "a", 3), InShop(Shop, "older", -60), InShop("another", Conversation, 9),
    ];

    [AzuriteFact]
    public async Task The_filters_find_what_the_page_says()
    {
        var conversations = await ConversationsAsync();
        var unprojected = await UnprojectedAsync("contact.created", "contact.updated", "call.created", "conversation.closed");
        List<List<TableEntity>> found = [];
        foreach (var groups in Query().Matches(Page.Text).Select(match => match.Groups))
        {
            var table = groups["table"].Value == ConversationTable.Name ? conversations.Client() : unprojected.Unprojected();
            found.Add(await table.QueryAsync<TableEntity>(groups["filter"].Value).ToListAsync());
        }

        Assert.Equal(6, found.Count);
        Assert.Equal(6, Assert.Single(found[0]).GetInt32("Events"));
        Assert.Equal(PayloadFiles.Names, found[1].Select(row => row.GetString("EventName")));
        Assert.Equal(PayloadFiles.Names, found[2].Select(row => row.GetString("EventName")));
        Assert.Equal([Conversation, "older"], new[] { found[3][0], found[3][^1] }.Select(row => row.GetString("ConversationId")));
        Assert.Equal(6, found[3].Count);
        Assert.Equal("contact.created", Assert.Single(found[4]).GetString("EventName"));
        Assert.Equal("conversation.closed", Assert.Single(found[5]).GetString("EventName"));
    }

    [AzuriteFact]
    public async Task The_program_finds_what_the_page_says()
    {
        var reader = new ConversationReader((await ConversationsAsync()).Client());

        Assert.Equal("open", (await reader.ReadAsync(Shop, Conversation))!.GetString("Status"));
        Assert.Null(await reader.ReadAsync(Shop, "unknown"));
        var timeline = await reader.Timeline(Shop, Conversation).Select(row => row.GetString("EventName")).ToListAsync();
        Assert.Equal(PayloadFiles.Names, timeline);
        var recent = await reader.Recent(Shop).Select(row => row.GetString("ConversationId")).ToListAsync();
        Assert.Equal((Conversation, "older", 6), (recent[0], recent[^1], recent.Count));
    }

    [AzuriteFact]
    public async Task The_program_joins_a_long_text()
    {
        var text = string.Concat(Enumerable.Range(0, 20_000));
        await Table.ProjectAsync(EventFactory.Reply("c", 1, item => item["body"] = text).ToQueued());

        var row = Assert.Single(await new ConversationReader(Table.Client()).Timeline(EventFactory.ShopId, "c").ToListAsync());

        Assert.Equal(text, ConversationReader.Body(row));
    }

    [AzuriteFact]
    public void The_page_shows_the_program_that_these_tests_run()
    {
        var program = DocumentationPage.Read("tests/BelcoFunctions.Pipeline.Tests/Documentation/ConversationReader.cs").Text
            .Replace($"namespace {typeof(ConversationReader).Namespace};\n\n", "", StringComparison.Ordinal);
        DocumentationPage.AssertGenerated("docs/querying.md", "conversation-reader", $"```csharp\n{program}```\n");
    }

    private async Task<TestTable> ConversationsAsync()
    {
        AssertAll<DeliveryOutcome.Projected>(await Table.ProjectAsync([.. Samples, .. Others]));
        return Table;
    }

    private async Task<TestTable> UnprojectedAsync(params string[] eventNames)
    {
        var table = await CreateTableAsync();
        var receiver = new TestReceiver(table.Payloads);
        foreach (var name in eventNames)
        {
            await receiver.ReceiveAsync(Encoding.UTF8.GetBytes($$"""{"requestId":"r","eventName":"{{name}}"}"""));
        }

        var store = new UnprojectedEventStore(
            table.Storage(), new PayloadReader(table.Payloads), TimeProvider.System);
        AssertAll<DeliveryOutcome.Kept>(await store.KeepAsync(receiver.Queued, CancellationToken.None));
        return table;
    }

    private static QueuedEvent InShop(string shopId, string conversationId, int second) =>
        EventFactory.Reply(conversationId, second, item => item.Parent!["shopId"] = shopId).ToQueued();

    [GeneratedRegex("--table-name (?<table>\\w+)[^\"]*--filter \"(?<filter>[^\"]+)\"")]
    private static partial Regex Query();
}
