using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Tests.Fuzzing;

namespace BelcoFunctions.Pipeline.Tests.Tables;

/// <summary>The largest possible events stay within the service's limits.</summary>
public sealed class EntityLimitTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const int ServiceTransactionBytes = 4 * 1024 * 1024;

    private static readonly string[] ItemTexts = ["type", "via", "pageUrl", "pageTitle", "pageReferrer"];
    private static readonly string[] ConversationTexts = ["channel", "type", "status"];
    private static readonly string[] ConversationIds = ["organizationId", "customerId", "assignedTo", "firstItemId"];

    [AzuriteTheory]
    [InlineData("é")]
    [InlineData("漢")]
    [InlineData("😀")]
    [InlineData("\"")]
    [InlineData("\u0001")]
    [InlineData("a")]
    public async Task An_event_with_every_text_too_long_commits_within_every_limit(string filling)
    {
        var events = await ReceiveAllAsync([Worst(filling, 1), Worst(filling, 2)]);

        foreach (var e in events) AssertAll<DeliveryOutcome.Projected>(await ProjectAsync([e]));

        Assert.All(Log.TransactionSizes, size => Assert.InRange(size, 1, ServiceTransactionBytes));
        Assert.All(await Table.RowsAsync(), RowLimits.ShouldHold);
        await Table.AssertHasExactlyAsync(events);
    }

    [AzuriteTheory]
    // An event has 600 kB, so five fit. Twelve events of one conversation are halved until they fit: three, four, five.
    [InlineData(20, 4, 4)]
    [InlineData(12, 1, 3)]
    public async Task Events_too_large_for_one_transaction_take_as_many_as_they_need(
        int count, int conversations, int transactions)
    {
        var events = await ReceiveAllAsync(Enumerable.Range(0, count).Select(index => EventFactory.Reply(
            $"conversation-{index % conversations}", index, item => item["body"] = new string('é', 100_000))));

        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync(events));

        Assert.All(Log.TransactionSizes, size => Assert.InRange(size, 1, TableLimits.TransactionBytes));
        Assert.Equal(transactions, Log.Transactions);
        await Table.AssertHasExactlyAsync(events);
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

    private async Task<IReadOnlyList<QueuedEvent>> ReceiveAllAsync(IEnumerable<byte[]> bodies)
    {
        List<QueuedEvent> events = [];
        foreach (var body in bodies) events.Add(await ReceiveAsync(body));
        return events;
    }
}
