using System.Text.Json.Nodes;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Tables;

/// <summary>The service's limits, against the worst events that we can think of.</summary>
[Collection(Azurite.Name)]
public sealed class EntityLimitTests(AzuriteFixture azurite)
{
    private const int ServiceEntityBytes = 1024 * 1024;
    private const int ServiceTransactionBytes = 4 * 1024 * 1024;

    private static readonly string[] ItemTexts = ["type", "via", "pageUrl", "pageTitle", "pageReferrer"];
    private static readonly string[] ConversationTexts = ["channel", "type", "status"];
    private static readonly string[] ConversationIds = ["organizationId", "customerId", "assignedTo", "firstItemId"];

    private readonly RequestLog log = new();

    [AzuriteTheory]
    [InlineData("é")]
    [InlineData("漢")]
    [InlineData("😀")]
    [InlineData("\"")]
    [InlineData("\u0001")]
    [InlineData("a")]
    public async Task An_event_with_every_text_too_long_commits_within_every_limit(string filling)
    {
        var table = await TestTable.CreateAsync(azurite);
        var events = await QueueAsync(table, [Worst(filling, 1), Worst(filling, 2)]);

        foreach (var e in events)
        {
            Assert.Equal([new DeliveryOutcome.Applied()], await table.Projector(log).ProjectAsync([e], CancellationToken.None));
        }

        Assert.All(log.TransactionSizes, size => Assert.InRange(size, 1, ServiceTransactionBytes));
        Assert.All(await table.RowsAsync(), AssertWithinLimits);
        await table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task Events_too_large_for_one_transaction_take_as_many_as_they_need_and_no_more()
    {
        var table = await TestTable.CreateAsync(azurite);
        var events = await QueueAsync(table, Enumerable.Range(0, 20).Select(index => EventFactory.Reply(
            $"conversation-{index % 4}", index, item => item["body"] = new string('é', 100_000))));

        var outcomes = await table.Projector(log).ProjectAsync(events, CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.IsType<DeliveryOutcome.Applied>(outcome));
        Assert.All(log.TransactionSizes, size => Assert.InRange(size, 1, TableLimits.TransactionBytes));
        // 600 kB an event: five fit.
        Assert.Equal(4, log.Transactions);
        await table.AssertHasExactlyAsync(events);
    }

    [AzuriteFact]
    public async Task One_conversation_with_events_too_large_for_one_transaction_takes_several()
    {
        var table = await TestTable.CreateAsync(azurite);
        var events = await QueueAsync(table, Enumerable.Range(0, 12).Select(second => EventFactory.Reply(
            "c", second, item => item["body"] = new string('é', 100_000))));

        var outcomes = await table.Projector(log).ProjectAsync(events, CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.IsType<DeliveryOutcome.Applied>(outcome));
        Assert.All(log.TransactionSizes, size => Assert.InRange(size, 1, TableLimits.TransactionBytes));
        await table.AssertHasExactlyAsync(events);
    }

    private static byte[] Worst(string filling, int second)
    {
        var text = string.Concat(Enumerable.Repeat(filling, 40_000));
        var id = string.Concat(Enumerable.Repeat(filling, 128 / filling.Length));
        return EventFactory.Reply(id, second, item =>
        {
            item["_id"] = id;
            item["body"] = string.Concat(Enumerable.Repeat(filling, 101_000));
            item["attachments"] = new JsonArray(string.Concat(Enumerable.Repeat(filling, (100_000 - 4) / filling.Length)));
            item["reference"] = new JsonObject { ["type"] = text, ["_id"] = id };
            item["meta"] = new JsonObject { ["assignedTo"] = id, ["previousUserId"] = id, ["status"] = text };
            foreach (var name in ItemTexts) item[name] = text;
            var conversation = item.Parent!["conversation"]!;
            foreach (var name in ConversationTexts) conversation[name] = text;
            foreach (var name in ConversationIds) conversation[name] = id;
            item.Root["requestId"] = id;
        });
    }

    private static async Task<IReadOnlyList<QueuedEvent>> QueueAsync(TestTable table, IEnumerable<byte[]> bodies)
    {
        var receiver = new TestReceiver(table.Payloads);
        foreach (var body in bodies) await receiver.ReceiveAsync(body);
        return receiver.Queued;
    }

    private static void AssertWithinLimits(TableEntity row)
    {
        Assert.InRange(row.RowKey.Length, 1, TableLimits.KeyLength);
        Assert.InRange(row.Sum(column => column.Key.Length * 2 + Size(column.Value)), 1, ServiceEntityBytes);
    }

    private static int Size(object value)
    {
        if (value is string text) Assert.InRange(text.Length, 0, TableLimits.StringLength);
        if (value is byte[] bytes) Assert.InRange(bytes.Length, 0, TableLimits.BinaryLength);
        return value switch { string s => s.Length * 2 + 4, byte[] b => b.Length + 4, _ => 8 };
    }
}
