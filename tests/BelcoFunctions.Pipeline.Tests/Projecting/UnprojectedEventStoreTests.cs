using System.Text;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

[Collection(Azurite.Name)]
public sealed class UnprojectedEventStoreTests(AzuriteFixture azurite)
{
    [AzuriteFact]
    public async Task An_event_is_kept_with_its_reason_and_its_bytes()
    {
        var table = await TestTable.CreateAsync(azurite);
        var queued = await ReceiveAsync(table, ContactCreated("Jan"));

        Assert.Equal([new DeliveryOutcome.Applied()], await KeepAsync(table, queued));

        var row = Assert.Single(await table.RowsAsync());
        Assert.Equal("contact~2Ecreated", row.PartitionKey);
        Assert.Equal(("contact.created", "events of this name are not projected.", "r", "shop"),
            (row.GetString("EventName"), row.GetString("Reason"), row.GetString("RequestId"), row.GetString("ShopId")));
        Assert.Equal(ContactCreated("Jan"), row.GetBytes("Raw"));
    }

    [AzuriteFact]
    public async Task The_same_bytes_are_kept_once_and_others_beside_them()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (jan, piet) = (await ReceiveAsync(table, ContactCreated("Jan")), await ReceiveAsync(table, ContactCreated("Piet")));

        Assert.Equal([new DeliveryOutcome.Applied(), new DeliveryOutcome.Applied()], await KeepAsync(table, jan, piet));
        Assert.Equal([new DeliveryOutcome.Duplicate(), new DeliveryOutcome.Duplicate()], await KeepAsync(table, jan, piet));

        Assert.Equal(2, (await table.RowsAsync()).Count);
    }

    [AzuriteFact]
    public async Task A_large_body_is_a_blob_to_which_the_row_points()
    {
        var table = await TestTable.CreateAsync(azurite);
        var body = ContactCreated(new string('x', 3_000_000));
        var queued = await ReceiveAsync(table, body);

        Assert.Equal([new DeliveryOutcome.Applied()], await KeepAsync(table, queued));

        var row = Assert.Single(await table.RowsAsync());
        Assert.Equal(row.RowKey, row.GetString("RawBlob"));
        Assert.Equal(body, await table.Payloads.GetAsync(row.RowKey, CancellationToken.None));
    }

    [AzuriteFact]
    public async Task Names_and_ids_too_long_for_a_column_are_cut_and_the_bytes_are_not()
    {
        var table = await TestTable.CreateAsync(azurite);
        var name = new string('x', 50_000);
        var body = Encoding.UTF8.GetBytes($$"""{"requestId":"{{name}}","eventName":"{{name}}"}""");
        var queued = await ReceiveAsync(table, body);

        Assert.Equal([new DeliveryOutcome.Applied()], await KeepAsync(table, queued));

        var row = Assert.Single(await table.RowsAsync());
        Assert.Equal(name[..TableLimits.StringLength], row.GetString("EventName"));
        Assert.Equal(body, row.GetBytes("Raw"));
    }

    [AzuriteFact]
    public async Task An_event_whose_blob_is_gone_can_never_be_kept()
    {
        var table = await TestTable.CreateAsync(azurite);
        var queued = await ReceiveAsync(table, ContactCreated(new string('x', 200_000)));
        await table.Container().DeleteBlobAsync(queued.PayloadBlob);

        var outcome = Assert.IsType<DeliveryOutcome.NeverProjectable>(Assert.Single(await KeepAsync(table, queued)));
        Assert.Contains(queued.PayloadBlob!, outcome.Reason, StringComparison.Ordinal);
    }

    [AzuriteTheory]
    [InlineData(503, "ServerBusy")]
    [InlineData(404, "TableNotFound")]
    [InlineData(409, "TableBeingDeleted")]
    public async Task While_the_table_is_down_all_is_left_for_later(int status, string code)
    {
        var table = await TestTable.CreateAsync(azurite);
        var queued = await ReceiveAsync(table, ContactCreated("Jan"));
        var store = new UnprojectedEventStore(
            table.Client(new Refusal(_ => true, () => FakeResponse.Error(status, code))), new PayloadReader(table.Payloads));

        Assert.IsType<DeliveryOutcome.RetryLater>(Assert.Single(await store.KeepAsync([queued], CancellationToken.None)));
        Assert.Empty(await table.RowsAsync());
    }

    [AzuriteFact]
    public async Task A_row_that_is_refused_fails_alone()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (jan, piet) = (await ReceiveAsync(table, ContactCreated("Jan")), await ReceiveAsync(table, ContactCreated("Piet")));
        var store = new UnprojectedEventStore(table.Client(new Refusal(
            request => Encoding.UTF8.GetString(request.Body()).Contains(RowKey(jan), StringComparison.Ordinal),
            () => FakeResponse.Error(400, "InvalidInput"))), new PayloadReader(table.Payloads));

        var outcomes = await store.KeepAsync([jan, piet], CancellationToken.None);

        Assert.IsType<DeliveryOutcome.Failed>(outcomes[0]);
        Assert.IsType<DeliveryOutcome.Applied>(outcomes[1]);
    }

    private static string RowKey(QueuedEvent queued) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(queued.Body.Span));

    private static byte[] ContactCreated(string name) => Encoding.UTF8.GetBytes(
        $$"""{"requestId":"r","eventName":"contact.created","payload":{"shopId":"shop","name":"{{name}}"} }""");

    private static Task<IReadOnlyList<DeliveryOutcome>> KeepAsync(TestTable table, params IReadOnlyList<QueuedEvent> batch) =>
        new UnprojectedEventStore(table.Client(), new PayloadReader(table.Payloads)).KeepAsync(batch, CancellationToken.None);

    private static async Task<QueuedEvent> ReceiveAsync(TestTable table, byte[] body)
    {
        var receiver = new TestReceiver(table.Payloads);
        await receiver.ReceiveAsync(body);
        return Assert.Single(receiver.Queued);
    }
}
