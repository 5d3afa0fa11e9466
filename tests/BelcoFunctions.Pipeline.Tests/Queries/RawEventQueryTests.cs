using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Tests.Queries;

public sealed class RawEventQueryTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private RawEventQuery Query => new(Table.Conversations(), new PayloadReader(Table.Payloads));

    [AzuriteTheory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    [InlineData(200_000)]
    public async Task An_event_comes_back_byte_for_byte_from_its_row_or_its_blob(int size)
    {
        var body = EventFactory.ReplyOfSize(size);
        await Table.ProjectAsync(await ReceiveAsync(body));

        var found = Assert.IsType<RawEventResult.Found>(await Query.ReadAsync(body.ToEvent().Identity, CancellationToken.None));

        Assert.Equal(body, found.Body.ToArray());
    }

    [AzuriteFact]
    public async Task An_event_whose_blob_is_gone_names_the_blob()
    {
        var body = EventFactory.ReplyOfSize(200_000);
        var queued = await ReceiveAsync(body);
        await Table.ProjectAsync(queued);
        await Table.Container().DeleteBlobAsync(queued.PayloadBlob);

        Assert.Equal(new RawEventResult.BlobMissing(queued.PayloadBlob!),
            await Query.ReadAsync(body.ToEvent().Identity, CancellationToken.None));
    }

    [AzuriteFact]
    public async Task An_event_that_never_existed_is_not_found()
    {
        var identity = EventFactory.ReplyOfSize(1_000).ToEvent().Identity;
        Assert.IsType<RawEventResult.NotFound>(await Query.ReadAsync(identity, CancellationToken.None));
    }

    [AzuriteFact]
    public async Task An_erased_event_is_not_found()
    {
        var body = EventFactory.Reply("c", 1);
        await Table.ProjectAsync(body.ToQueued());
        await Table.Eraser().EraseAsync(
            new ErasureRequest.OfConversation(EventFactory.ShopId, "c", EventFactory.Start.AddHours(1)),
            progress: null, CancellationToken.None);

        Assert.IsType<RawEventResult.NotFound>(await Query.ReadAsync(body.ToEvent().Identity, CancellationToken.None));
    }

    [AzuriteTheory]
    [InlineData(null)]
    [InlineData("text")]
    public async Task A_row_without_the_bytes_of_its_event_is_damaged(string? raw)
    {
        var body = EventFactory.Reply("c", 1);
        await Table.ProjectAsync(body.ToQueued());
        var row = Assert.Single(await Table.RowsAsync("timeline_"));
        row.Remove("Raw");
        if (raw is not null) row["Raw"] = raw;
        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        var damaged = await Assert.ThrowsAsync<DamagedRowException>(
            () => Query.ReadAsync(body.ToEvent().Identity, CancellationToken.None));

        Assert.Equal(row.RowKey, damaged.RowKey);
    }
}
