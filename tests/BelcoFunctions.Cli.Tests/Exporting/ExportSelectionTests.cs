using Azure.Data.Tables;
using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Generator;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Testing.Receiving;
using BelcoFunctions.Testing.Storage;

namespace BelcoFunctions.Cli.Tests.Exporting;

/// <summary>An export has each selected row once, and no erased data.</summary>
public sealed class ExportSelectionTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string Shop = EventFactory.ShopId;

    private static readonly ConversationFilter Everything = new();
    private static readonly ExportSelection All = new(Shop, Everything);

    [AzuriteFact]
    public async Task A_selection_has_the_rows_that_a_naive_search_finds()
    {
        await FillAsync();
        var conversations = await Table.RowsAsync("conversation_");
        var timeline = await Table.RowsAsync("timeline_");
        foreach (var selection in Selections(conversations))
        {
            // Case does not matter in words; in the ids here, there is no other case.
            bool Is(string column, string? wanted, TableEntity row) =>
                wanted is null || wanted.Equals(row.GetString(column), StringComparison.OrdinalIgnoreCase);
            bool IsWithin(DateTimeOffset? time) => !(time < selection.Since) && !(time >= selection.Until);
            var filter = selection.Filter;
            var selected = conversations.Where(row => Is("Status", filter.Status, row) && Is("AssignedTo", filter.AssignedTo, row)
                && Is("CustomerId", filter.CustomerId, row) && Is("Channel", filter.Channel, row)).ToList();
            var ids = selected.Select(row => row.GetString("ConversationId")).ToHashSet();

            Assert.Equal(
                selected.Where(row => IsWithin(row.GetDateTimeOffset("LastItemAt")))
                    .Select(row => row.GetString("ConversationId")),
                await Queries().ConversationsAsync(selection, default).Select(row => (string)row[1]!).ToListAsync());
            // With a filter, timelines are in the order of the conversations' keys. Without one, they are in the order of the
            // timelines' keys.
            var events = timeline
                .Where(row => ids.Contains(row.GetString("ConversationId")) && IsWithin(row.GetDateTimeOffset("At")))
                .Select(row => (row.GetString("ConversationId"), row.GetString("RequestId"), row.GetString("ItemId"))).ToList();
            Assert.Equal(events.Order(), await Queries().TimelineAsync(selection, default)
                .Select(row => ((string)row[1]!, (string)row[6]!, (string)row[2]!)).Order().ToListAsync());
            Assert.Equal(events.Order(), await Queries().EventsAsync(selection, default)
                .Select(row => ((string)row[1]!, (string)row[5]!, (string)row[2]!)).Order().ToListAsync());
        }
    }

    [AzuriteTheory]
    [InlineData(null)]
    [InlineData("open")]
    public async Task The_events_of_a_conversation_follow_each_other_in_the_order_of_time(string? status)
    {
        await Table.ProjectAsync([.. Enumerable.Range(0, 250).Select(number => Reply($"c-{number % 12}", 1000 - number))]);
        // One id begins with another.
        await Table.ProjectAsync(Reply("c", 5), Reply("c-1-x", 4), Reply("c_1", 3), Reply("c", 2));

        var events = await Queries().TimelineAsync(All with { Filter = new(status) }, default)
            .Select(row => ((string)row[1]!, (DateTimeOffset)row[3]!)).ToListAsync();

        Assert.Equal(254, events.Count);
        Assert.Equal(15, events.Zip(events.Skip(1)).Count(pair => pair.First.Item1 != pair.Second.Item1) + 1);
        Assert.All(events.GroupBy(e => e.Item1), of => Assert.Equal(of.Order(), of));
    }

    [AzuriteTheory]
    [InlineData(null)]
    [InlineData("open")]
    public async Task Erased_events_are_never_exported_wherever_the_erasure_was_killed(string? status)
    {
        var killed = 0;
        for (var requests = 1; ; requests++)
        {
            var table = await CreateTableAsync();
            await table.ProjectAsync(Reply("c", 1), Reply("c", 2), Reply("c", 100), Reply("other", 1));
            var kill = new KilledAfter(requests);
            try
            {
                await table.Eraser(kill).EraseAsync(
                    new ErasureRequest.OfConversation(Shop, "c", EventFactory.Start.AddSeconds(50)), null, default);
            }
            catch (StoreUnavailableException)
            {
                killed++;
            }

            var says = await table.Client().GetEntityAsync<TableEntity>(Shop, TableKeys.Conversation("c"));
            if (says.Value.ContainsKey("ErasedThrough"))
            {
                var selection = All with { Filter = new(status) };
                Assert.Equal(2, await Queries(table).TimelineAsync(selection, default).CountAsync());
                Assert.Equal(2, await Queries(table).EventsAsync(selection, default).CountAsync());
            }

            if (!kill.IsKilled) break;
        }

        Assert.True(killed > 3);
    }

    [AzuriteFact]
    public async Task A_tombstone_is_not_exported()
    {
        await Table.ProjectAsync(Reply("c", 1), Reply("other", 1));
        await Table.Eraser().EraseAsync(new ErasureRequest.OfConversation(Shop, "c", TestReceiver.Now), null, default);

        Assert.Equal("other", Assert.Single(await Queries().ConversationsAsync(All, default).ToListAsync())[1]);
    }

    [AzuriteTheory]
    [InlineData("conversation_", "Conversations", null)]
    [InlineData("conversation_", "Conversations", "closed")]
    [InlineData("conversation_", "Timeline", "closed")]
    [InlineData("timeline_", "Timeline", null)]
    [InlineData("timeline_", "Events", "open")]
    public async Task A_row_of_a_newer_version_ends_it(string prefix, string content, string? status)
    {
        await Table.ProjectAsync(Reply("c", 1));
        await ChangeAsync(prefix, "SchemaVersion", RowValues.SchemaVersion + 1);
        var request = new ExportRequest(
            All with { Filter = new(status) }, Enum.Parse<ExportContent>(content), ExportFormat.Csv);

        var exception = await Assert.ThrowsAsync<AnotherVersionException>(() => ExportedFile.WriteAsync(Table, request));

        Assert.Contains("upgrade this one.", exception.Message, StringComparison.Ordinal);
    }

    [AzuriteTheory]
    [InlineData("conversation_", "Conversations", "LastMessage", 1L)]
    [InlineData("conversation_", "Conversations", "CreatedAt", "yesterday")]
    [InlineData("timeline_", "Timeline", "Attachments", "no JSON")]
    [InlineData("timeline_", "Events", "Raw", "text")]
    public async Task A_damaged_row_ends_it_and_is_named(string prefix, string content, string column, object value)
    {
        await Table.ProjectAsync(Reply("c", 1));
        var rowKey = await ChangeAsync(prefix, column, value);
        var request = new ExportRequest(All, Enum.Parse<ExportContent>(content), ExportFormat.Jsonl);

        var exception = await Assert.ThrowsAsync<DamagedRowException>(() => ExportedFile.WriteAsync(Table, request));

        Assert.Equal(rowKey, exception.RowKey);
    }

    private static IEnumerable<ExportSelection> Selections(IReadOnlyList<TableEntity> conversations)
    {
        var some = conversations.First(row => row.GetString("AssignedTo") is not null);
        DateTimeOffset[] times = [.. conversations.Select(row => row.GetDateTimeOffset("LastItemAt")!.Value).Order()];
        ConversationFilter[] filters =
        [
            Everything, new("closed"), new("open"), new(AssignedTo: some.GetString("AssignedTo")),
            new(CustomerId: some.GetString("CustomerId")), new(Channel: "chat"), new("closed", Channel: "email"),
            new("it's"), new("CLOSED"),
        ];
        return from filter in filters
               from within in new (DateTimeOffset?, DateTimeOffset?)[]
               {
                   (null, null), (times[times.Length / 3], null), (null, times[times.Length / 2]),
                   (times[times.Length / 3], times[times.Length / 2]),
               }
               select new ExportSelection(Shop, filter, within.Item1, within.Item2);
    }

    private async Task FillAsync()
    {
        var shop = new GeneratedShop(GeneratedShop.DefaultSeed, Shop).Deliveries(40, EventFactory.Start);
        await Table.ProjectAsync([.. shop.Select(delivery => delivery.Webhook.ToUtf8().ToQueued())]);
        await Table.ProjectAsync(EventFactory.Reply("a/b 'quoted'", 1, item =>
            item.Parent!["conversation"]!["status"] = "it's").ToQueued());
    }

    private async Task<string> ChangeAsync(string prefix, string column, object value)
    {
        var row = Assert.Single(await Table.RowsAsync(prefix));
        row[column] = value;
        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        return row.RowKey;
    }

    private ExportQueries Queries(TestTable? table = null) =>
        new((table ?? Table).Conversations(), new PayloadReader((table ?? Table).Payloads));
}
