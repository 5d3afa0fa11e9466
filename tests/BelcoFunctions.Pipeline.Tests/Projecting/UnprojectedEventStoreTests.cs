using System.Text;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

public sealed class UnprojectedEventStoreTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteFact]
    public async Task An_event_is_kept_with_its_reason_and_its_bytes()
    {
        AssertAll<DeliveryOutcome.Kept>(await KeepAsync([await ReceiveAsync(ContactCreated("Jan"))]));

        var row = Assert.Single(await Table.UnprojectedRowsAsync());
        Assert.Equal("contact~2Ecreated", row.PartitionKey);
        Assert.Equal(("contact.created", "events of this name are not projected.", "r", "shop"),
            (row.GetString("EventName"), row.GetString("Reason"), row.GetString("RequestId"), row.GetString("ShopId")));
        Assert.Equal(ContactCreated("Jan"), row.GetBytes("Raw"));
    }

    [AzuriteFact]
    public async Task An_event_from_the_future_is_kept_with_the_reason_that_the_receiver_gave()
    {
        const int threeDays = 3 * 24 * 60 * 60;
        AssertAll<DeliveryOutcome.Kept>(await KeepAsync([await ReceiveAsync(EventFactory.Reply("c", threeDays))]));

        var row = Assert.Single(await Table.UnprojectedRowsAsync());
        Assert.Contains("24 hours ahead", row.GetString("Reason"), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task The_same_bytes_are_kept_once_and_different_bytes_get_their_own_row()
    {
        QueuedEvent[] events = [await ReceiveAsync(ContactCreated("Jan")), await ReceiveAsync(ContactCreated("Piet"))];

        AssertAll<DeliveryOutcome.Kept>(await KeepAsync(events));
        AssertAll<DeliveryOutcome.Duplicate>(await KeepAsync(events));

        Assert.Equal(2, (await Table.UnprojectedRowsAsync()).Count);
    }

    [AzuriteFact]
    public async Task A_large_body_is_a_blob_that_the_row_names()
    {
        var body = ContactCreated(new string('x', 3_000_000));

        AssertAll<DeliveryOutcome.Kept>(await KeepAsync([await ReceiveAsync(body)]));

        var row = Assert.Single(await Table.UnprojectedRowsAsync());
        Assert.Equal(row.RowKey, row.GetString("RawBlob"));
        Assert.Equal(body, await Table.Payloads.GetAsync(row.RowKey, CancellationToken.None));
    }

    [AzuriteFact]
    public async Task Names_and_ids_too_long_for_a_column_are_cut_and_the_bytes_are_not()
    {
        var name = new string('x', 50_000);
        var body = Encoding.UTF8.GetBytes($$"""{"requestId":"{{name}}","eventName":"{{name}}"}""");

        AssertAll<DeliveryOutcome.Kept>(await KeepAsync([await ReceiveAsync(body)]));

        var row = Assert.Single(await Table.UnprojectedRowsAsync());
        Assert.Equal(name[..TableLimits.StringLength], row.GetString("EventName"));
        Assert.Equal(body, row.GetBytes("Raw"));
    }

    [AzuriteFact]
    public async Task An_event_whose_blob_is_gone_was_erased_and_leaves_no_row()
    {
        var queued = await ReceiveAsync(ContactCreated(new string('x', 200_000)));
        AssertAll<DeliveryOutcome.Kept>(await KeepAsync([queued]));
        await Table.Container().DeleteBlobAsync(queued.PayloadBlob);

        AssertAll<DeliveryOutcome.Erased>(await KeepAsync([queued]));
        Assert.Empty(await Table.UnprojectedRowsAsync());
    }

    [AzuriteTheory]
    [InlineData(503, "ServerBusy")]
    [InlineData(404, "TableNotFound")]
    [InlineData(409, "TableBeingDeleted")]
    public async Task While_the_table_is_down_all_is_retried_later(int status, string code)
    {
        var outage = new FailedRequest(_ => true, () => FakeResponse.Error(status, code));

        AssertAll<DeliveryOutcome.RetryLater>(await KeepAsync([await ReceiveAsync(ContactCreated("Jan"))], outage));
        Assert.Empty(await Table.UnprojectedRowsAsync());
    }

    [AzuriteFact]
    public async Task A_row_that_is_rejected_fails_alone()
    {
        var (jan, piet) = (await ReceiveAsync(ContactCreated("Jan")), await ReceiveAsync(ContactCreated("Piet")));

        var outcomes = await KeepAsync([jan, piet], new FailedRequest(
            request => Encoding.UTF8.GetString(request.Body()).Contains(jan.MessageId, StringComparison.Ordinal),
            () => FakeResponse.Error(400, "InvalidInput")));

        Assert.IsType<DeliveryOutcome.Failed>(outcomes[0]);
        Assert.IsType<DeliveryOutcome.Kept>(outcomes[1]);
    }

    private static byte[] ContactCreated(string name) => Encoding.UTF8.GetBytes(
        $$"""{"requestId":"r","eventName":"contact.created","payload":{"shopId":"shop","name":"{{name}}"} }""");
}
