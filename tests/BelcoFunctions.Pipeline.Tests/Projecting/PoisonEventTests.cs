using System.Text;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Projecting;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>An event that the table rejects must not stop the projection of others.</summary>
public sealed class PoisonEventTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string Marker = "poison";

    [AzuriteTheory]
    [InlineData(10)]
    [InlineData(1)]
    public async Task One_event_among_fifty_that_is_rejected_fails_alone(int conversations)
    {
        var batch = EventFactory.Batch(50, conversations);
        batch[23] = Poison($"conversation-{23 % conversations}", 23);

        var outcomes = await ProjectAsync(batch,
            new FailedRequest(HasPoison, () => FakeResponse.FailedAction(7, 400, "PropertyValueTooLarge")));

        await ShouldHaveFailedAloneAsync(23, "400 PropertyValueTooLarge", batch, outcomes);
    }

    [AzuriteTheory]
    [InlineData(400, "InvalidInput")]
    [InlineData(413, "RequestBodyTooLarge")]
    public async Task A_transaction_that_is_rejected_as_a_whole_is_halved_too(int status, string code)
    {
        var batch = EventFactory.Batch(8, conversations: 4);
        batch[5] = Poison("conversation-1", 5);

        var outcomes = await ProjectAsync(batch, new FailedRequest(HasPoison, () => FakeResponse.Error(status, code)));

        await ShouldHaveFailedAloneAsync(5, $"{status} {code}", batch, outcomes);
        // The four transactions with the event fail: they have eight, four, two and one events. The three halves without it
        // succeed.
        Assert.Equal(4 + 3, Log.Transactions);
    }

    [AzuriteTheory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task An_imported_item_that_is_rejected_fails_alone_and_the_reading_is_written(int poisoned)
    {
        var items = Enumerable.Range(0, 8).Select(second => EventFactory.Reply("c", second)
            .AsImported(item => item["via"] = second == poisoned ? Marker : null)).ToList();
        var storage = Table.Storage(new FailedRequest(HasPoison, () => FakeResponse.Error(400, "InvalidInput")));
        var reading = new ConversationReading { Status = new("snoozed", ImportedItems.ReadAt) };

        var outcome = await new ItemImport(storage, Table.Payloads, new TimeWithoutWaiting()).WriteAsync(
            EventFactory.ShopId, "c", items, ImportedItems.ReadAt, reading, CancellationToken.None);

        Assert.IsType<DeliveryOutcome.Failed>(outcome.Items[poisoned]);
        AssertAll<DeliveryOutcome.Projected>(outcome.Items.Where((_, other) => other != poisoned));
        Assert.Null(outcome.Error);
        Assert.Equal(7, (await Table.RowsAsync("timeline_")).Count);
        Assert.Equal("snoozed", Assert.Single(await Table.RowsAsync("reading_"))["Status"]);
    }

    [AzuriteFact]
    public async Task An_imported_item_that_is_rejected_without_others_leaves_the_reading_unwritten()
    {
        var storage = Table.Storage(new FailedRequest(HasPoison, () => FakeResponse.Error(400, "InvalidInput")));
        var reading = new ConversationReading { Status = new("snoozed", ImportedItems.ReadAt) };

        var outcome = await new ItemImport(storage, Table.Payloads, new TimeWithoutWaiting()).WriteAsync(
            EventFactory.ShopId, "c", [EventFactory.Reply("c", 1).AsImported(item => item["via"] = Marker)],
            ImportedItems.ReadAt, reading, CancellationToken.None);

        Assert.IsType<DeliveryOutcome.Failed>(Assert.Single(outcome.Items));
        Assert.IsType<DeliveryOutcome.Failed>(outcome.Error);
        Assert.Empty(await Table.RowsAsync());
    }

    [AzuriteFact]
    public async Task A_row_that_the_real_table_rejects_fails_alone()
    {
        // More than Azurite accepts in a request. With the claim check, a projector never gets so many bytes.
        var tooLarge = EventFactory.Reply("c", 1, item => item["pageTitle"] = new string('x', 5 * 1024 * 1024)).ToQueued();
        QueuedEvent[] batch = [tooLarge, Reply("c", 2)];

        await ShouldHaveFailedAloneAsync(0, "", batch, await Table.ProjectAsync(batch));
    }

    private async Task ShouldHaveFailedAloneAsync(
        int index, string reason, QueuedEvent[] batch, IReadOnlyList<DeliveryOutcome> outcomes)
    {
        Assert.Contains(reason, Assert.IsType<DeliveryOutcome.Failed>(outcomes[index]).Reason, StringComparison.Ordinal);
        AssertAll<DeliveryOutcome.Projected>(outcomes.Where((_, other) => other != index));
        await Table.AssertHasExactlyAsync(batch.Where((_, other) => other != index));
    }

    private static QueuedEvent Poison(string conversationId, int second) =>
        EventFactory.Reply(conversationId, second, item => item["via"] = Marker).ToQueued();

    private static bool HasPoison(HttpRequestMessage request) =>
        request.IsTransaction() && Encoding.UTF8.GetString(request.Body()).Contains(Marker, StringComparison.Ordinal);
}
