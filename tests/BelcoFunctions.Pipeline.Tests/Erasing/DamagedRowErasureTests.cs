using System.Text;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>A row that another program damaged stays, is counted once and named. It does not stop the erasure of
/// others.</summary>
public sealed class DamagedRowErasureTests(AzuriteFixture azurite) : ErasingTests(azurite)
{
    private const string Customer = "YX6HM6Sfbt4GvbvZb";

    [AzuriteTheory]
    [InlineData("ErasedThrough", null)]
    [InlineData("ErasedThrough", "soon")]
    [InlineData("ErasedAt", 7)]
    [InlineData("ReceivedThrough", true)]
    [InlineData("ShopId", 7)]
    [InlineData("ConversationId", null)]
    [InlineData("SchemaVersion", "three")]
    public async Task A_damaged_mark_stays_and_the_others_are_removed(string column, object? value)
    {
        await Table.ProjectAsync(Reply("c", 1), Reply("d", 1));
        await EraseAsync(new ErasureRequest.OfCustomer(Shop, Customer, Now));
        foreach (var row in await Table.RowsAsync("conversation_")) await SetAsync(row.RowKey, "ErasureUnfinished", true);
        await SetAsync("conversation_c", column, value);
        var erased = Erased();

        var receipt = await Table.Eraser().FinishAsync(shopId: null, erased, CancellationToken.None);

        // The query for marks does not find a row of an unknown version.
        var isListed = column != "SchemaVersion";
        Assert.Equal(isListed ? 1 : 0, receipt.Remaining);
        Assert.Equal(isListed, erased.Remaining.Damaged.Contains((Shop, "conversation_c")));
        Assert.Equal(["conversation_c"], (await Table.RowsAsync("conversation_"))
            .Where(row => row.ContainsKey("ErasureUnfinished")).Select(row => row.RowKey));
        Assert.Equal(isListed ? 1 : 0, (await EraseAsync(new ErasureRequest.OfClosed(null, Now))).Remaining);
    }

    [AzuriteFact]
    public async Task The_conversations_of_a_customer_whose_row_is_damaged_are_erased_and_the_row_stays()
    {
        await Table.ProjectAsync(Reply("c", 1), Reply("d", 1));
        var row = Assert.Single(await Table.RowsAsync("customer_"));
        await SetAsync(row.RowKey, "ErasedThrough", "soon");
        var request = new ErasureRequest.OfCustomer(Shop, Customer, Now);

        var counted = await CountAsync(request);
        var erased = Erased();
        var receipt = await Table.Eraser().EraseAsync(request, erased, progress: null, CancellationToken.None);

        Assert.Equal(new ErasureReceipt { Conversations = 2, TimelineRows = 2, Remaining = 1 }, receipt);
        Assert.Equal(receipt, counted);
        Assert.Equal([(Shop, row.RowKey)], erased.Remaining.Damaged);
        Assert.Empty(await Table.RowsAsync("timeline_"));
    }

    [AzuriteFact]
    public async Task An_event_of_a_customer_whose_row_is_damaged_fails_alone()
    {
        await Table.ProjectAsync(Message("c", "customer"));
        await SetAsync(Assert.Single(await Table.RowsAsync("customer_")).RowKey, "ErasedThrough", "soon");

        var outcomes = await ProjectAsync([Message("d", "customer"), Message("e", "other")]);

        Assert.Contains("its customer is damaged", Assert.IsType<DeliveryOutcome.Failed>(outcomes[0]).Reason,
            StringComparison.Ordinal);
        Assert.IsType<DeliveryOutcome.Projected>(outcomes[1]);
    }

    [AzuriteFact]
    public async Task Retention_does_not_erase_a_conversation_of_unknown_state_and_says_so()
    {
        await Table.ProjectAsync(Close("c"), Close("d"));
        await SetAsync("conversation_c", "Events", "one");
        var request = new ErasureRequest.OfClosed(ShopId: null, Now);

        var counted = await CountAsync(request);

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 1, Remaining = 1 }, counted);
        Assert.Equal(counted, await EraseAsync(request));
        Assert.Equal("c", Assert.Single(await Table.RowsAsync("timeline_")).GetString("ConversationId"));

        static QueuedEvent Close(string id) => EventFactory.Make(EventNames.ConversationClosed, id, 1).ToQueued();
    }

    [AzuriteFact]
    public async Task Events_that_name_a_damaged_row_stay_wherever_they_are_and_the_row_counts_once()
    {
        await EraseAsync(new ErasureRequest.OfConversation(Shop, "c", Now));
        foreach (var number in new[] { 1, 2 }) await KeepAsync(Contact("d", number));
        await KeepAsync(Contact("e", 3));
        await KeepAsync(Contact("c", 4, date: "2025-06-11T10:00:00.001Z"));
        await SetAsync("conversation_d", "ErasureUnfinished", true);

        var receipt = await EraseAsync(new ErasureRequest.OfConversation(Shop, "e", TestReceiver.Now));

        Assert.Equal(new ErasureReceipt { UnprojectedEvents = 1, Remaining = 1 }, receipt);
        Assert.Equal(3, await Table.Unprojected().QueryAsync<TableEntity>().CountAsync());
        Assert.IsType<DeliveryOutcome.Failed>(await KeepAsync(Contact("d", 5)));
        var letter = await ReceiveAsync(Encoding.UTF8.GetBytes(Contact("d", 6)));
        var letters = new ErasedDeadLetters(
            Table.Storage(), new PayloadReader(Table.Payloads), new TimeWithoutWaiting());
        var run = letters.Begin();
        Assert.Equal(StrayOutcome.Remaining, await letters.EraseAsync(letter, run, CancellationToken.None));
        Assert.Equal([(Shop, "conversation_d")], run.Remaining.Damaged);
    }

    [AzuriteFact]
    public async Task A_damaged_unprojected_event_and_a_damaged_timeline_row_stay_because_nobody_knows_whose_they_are()
    {
        await Table.ProjectAsync(Reply("c", 1), Message("d", "another"), Message("d", "another", 2));
        await KeepAsync(Contact("e", 1));
        var unprojected = await Table.Unprojected().QueryAsync<TableEntity>().SingleAsync();
        unprojected.Remove("Raw");
        await Table.Unprojected().UpdateEntityAsync(unprojected, unprojected.ETag, TableUpdateMode.Replace);
        var timeline = await Table.RowsAsync("timeline_");
        // The conversation of the first event is still erased.
        foreach (var row in timeline.Take(2)) await SetAsync(row.RowKey, "Raw", "no bytes");
        var request = new ErasureRequest.OfCustomer(Shop, Customer, Now);

        var counted = await CountAsync(request);
        var erased = Erased();
        var receipt = await Table.Eraser().EraseAsync(request, erased, progress: null, CancellationToken.None);

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 1, Remaining = 2 }, receipt);
        Assert.Equal(receipt, counted);
        Assert.Equal(new[] { (Shop, timeline[1].RowKey), (unprojected.PartitionKey, unprojected.RowKey) }.Order(),
            erased.Remaining.Damaged);
    }

    private static string Contact(string id, int number, string? date = null) => $$$"""
        {"requestId":"{{{number}}}","eventName":"contact.updated","date":"{{{date ?? "2025-06-11T09:00:00Z"}}}",
        "payload":{"shopId":"shop","of":["{{{id}}}"]}}
        """;
}
