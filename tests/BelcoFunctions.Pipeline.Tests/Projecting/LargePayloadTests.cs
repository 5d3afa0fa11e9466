using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Pipeline.Tests.Storage;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>The claim check, from the receiver to the timeline.</summary>
[Collection(Azurite.Name)]
public sealed class LargePayloadTests(AzuriteFixture azurite)
{
    [AzuriteFact]
    public async Task A_body_of_128_KiB_travels_in_the_queue_and_stays_in_the_row()
    {
        var table = await TestTable.CreateAsync(azurite);
        var body = BodyOf(WebhookReceiver.MaxQueuedBytes);

        var queued = await ReceiveAsync(table, body);

        Assert.Equal((null, body.Length), (queued.PayloadBlob, queued.Body.Length));
        Assert.Empty(await BlobsAsync(table));
        Assert.Equal([new DeliveryOutcome.Applied()], await table.ProjectAsync(queued));
        var row = Assert.Single(await table.RowsAsync("timeline_"));
        Assert.Equal(body, row.GetBytes("Raw"));
        Assert.False(row.ContainsKey("RawBlob"));
        await table.AssertHasExactlyAsync(queued);
    }

    [AzuriteFact]
    public async Task A_body_of_one_byte_more_is_a_blob_to_which_the_row_points()
    {
        var table = await TestTable.CreateAsync(azurite);
        var body = BodyOf(WebhookReceiver.MaxQueuedBytes + 1);

        var queued = await ReceiveAsync(table, body);

        Assert.Equal(0, queued.Body.Length);
        Assert.Equal([queued.PayloadBlob!], await BlobsAsync(table));
        Assert.Equal([new DeliveryOutcome.Applied()], await table.ProjectAsync(queued));
        var row = Assert.Single(await table.RowsAsync("timeline_"));
        Assert.Equal(body, await table.Payloads.GetAsync(row.GetString("RawBlob"), CancellationToken.None));
        Assert.False(row.ContainsKey("Raw"));
        await table.AssertHasExactlyAsync(queued);
    }

    [AzuriteFact]
    public async Task The_same_large_body_sent_twice_is_one_blob_and_one_message_id()
    {
        var table = await TestTable.CreateAsync(azurite);
        var body = BodyOf(WebhookReceiver.MaxQueuedBytes + 1);

        var (first, second) = (await ReceiveAsync(table, body), await ReceiveAsync(table, body));

        Assert.Equal((first.PayloadBlob, first.MessageId), (second.PayloadBlob, second.MessageId));
        Assert.Single(await BlobsAsync(table));
    }

    [AzuriteFact]
    public async Task A_blob_whose_response_is_lost_and_that_the_SDK_puts_again_is_there()
    {
        var table = await TestTable.CreateAsync(azurite);
        var receiver = new TestReceiver(table.PayloadsThrough(new LostResponse(_ => true)));

        Assert.IsType<ReceiveOutcome.Queued>(await receiver.ReceiveAsync(BodyOf(200_000)));

        Assert.Equal([receiver.Queued[0].PayloadBlob!], await BlobsAsync(table));
    }

    [AzuriteTheory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("aa")]
    public async Task A_text_of_3_MB_is_kept_up_to_100_000_characters_and_no_emoji_is_split(string prefix)
    {
        var table = await TestTable.CreateAsync(azurite);
        // With the prefix, the pairs lie across each end of a part, or not.
        var text = prefix + string.Concat(Enumerable.Repeat("😀", 750_000));
        var queued = await ReceiveAsync(table, EventFactory.Reply("c", 1, item => item["body"] = text));

        Assert.Equal([new DeliveryOutcome.Applied()], await table.ProjectAsync(queued));

        var row = Assert.Single(await table.RowsAsync("timeline_"));
        Assert.Equal(text[..(prefix.Length % 2 == 0 ? 100_000 : 99_999)], row.GetText("Body"));
        Assert.True(row.GetBoolean("BodyTruncated"));
        foreach (var name in RowValues.TextPartNames("Body"))
        {
            var part = row.GetString(name);
            Assert.InRange(part.Length, 1, TableLimits.StringLength);
            Assert.False(char.IsLowSurrogate(part[0]) || char.IsHighSurrogate(part[^1]), $"{name} splits an emoji");
        }
    }

    [AzuriteFact]
    public async Task A_text_of_100_000_characters_is_kept_whole()
    {
        var table = await TestTable.CreateAsync(azurite);
        var queued = await ReceiveAsync(table, EventFactory.Reply("c", 1, item => item["body"] = new string('é', 100_000)));

        await table.ProjectAsync(queued);

        var row = Assert.Single(await table.RowsAsync("timeline_"));
        Assert.Equal(new string('é', 100_000), row.GetText("Body"));
        Assert.Null(row.GetBoolean("BodyTruncated"));
    }

    [AzuriteFact]
    public async Task An_event_whose_blob_is_gone_can_never_be_projected_and_the_others_of_its_batch_are()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (gone, there) = (await ReceiveAsync(table, BodyOf(200_000)), EventFactory.Reply("c", 2).ToQueued());
        await table.Container().DeleteBlobAsync(gone.PayloadBlob);

        var outcomes = await table.ProjectAsync(gone, there);

        var never = Assert.IsType<DeliveryOutcome.NeverProjectable>(outcomes[0]);
        Assert.Contains(gone.PayloadBlob!, never.Reason, StringComparison.Ordinal);
        Assert.IsType<DeliveryOutcome.Applied>(outcomes[1]);
        await table.AssertHasExactlyAsync(there);
    }

    [AzuriteFact]
    public async Task An_event_whose_blob_the_store_will_not_name_fails_alone()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (refused, there) = (await ReceiveAsync(table, BodyOf(200_000)), EventFactory.Reply("c", 2).ToQueued());

        var outcomes = await ProjectAsync(table, [refused, there], FakeResponse.BlobError(400, "InvalidResourceName"));

        Assert.Contains("400", Assert.IsType<DeliveryOutcome.Failed>(outcomes[0]).Reason, StringComparison.Ordinal);
        Assert.IsType<DeliveryOutcome.Applied>(outcomes[1]);
        await table.AssertHasExactlyAsync(there);
    }

    [AzuriteFact]
    public async Task While_the_blob_store_is_down_the_receiver_queues_nothing_and_Belco_is_told_to_retry()
    {
        var table = await TestTable.CreateAsync(azurite);
        var receiver = new TestReceiver(table.PayloadsThrough(
            new Refusal(_ => true, () => FakeResponse.BlobError(503, "ServerBusy"))));

        Assert.IsType<ReceiveOutcome.Unavailable>(await receiver.ReceiveAsync(BodyOf(200_000)));
        Assert.IsType<ReceiveOutcome.Queued>(await receiver.ReceiveAsync(BodyOf(2_000)));

        Assert.Equal(2_000, Assert.Single(receiver.Queued).Body.Length);
    }

    [AzuriteFact]
    public async Task While_nobody_answers_for_the_blob_store_the_receiver_queues_nothing()
    {
        var table = await TestTable.CreateAsync(azurite);
        var receiver = new TestReceiver(table.PayloadsThrough(
            new Refusal(_ => true, () => throw new HttpRequestException("Connection refused."))));

        Assert.IsType<ReceiveOutcome.Unavailable>(await receiver.ReceiveAsync(BodyOf(200_000)));
        Assert.Empty(receiver.Queued);
    }

    [AzuriteFact]
    public async Task While_the_blob_store_is_down_only_what_needs_it_is_left_for_later()
    {
        var table = await TestTable.CreateAsync(azurite);
        var (large, small) = (await ReceiveAsync(table, BodyOf(200_000)), EventFactory.Reply("c", 2).ToQueued());

        var outcomes = await ProjectAsync(table, [large, small], FakeResponse.BlobError(503, "ServerBusy"));

        Assert.IsType<DeliveryOutcome.RetryLater>(outcomes[0]);
        Assert.IsType<DeliveryOutcome.Applied>(outcomes[1]);
        Assert.Equal([new DeliveryOutcome.Applied()], await table.ProjectAsync(large));
        await table.AssertHasExactlyAsync(large, small);
    }

    private static Task<IReadOnlyList<DeliveryOutcome>> ProjectAsync(
        TestTable table, IReadOnlyList<QueuedEvent> batch, HttpResponseMessage blobsAnswer) =>
        table.ProjectorReading(table.PayloadsThrough(new Refusal(_ => true, () => blobsAnswer)))
            .ProjectAsync(batch, CancellationToken.None);

    private static byte[] BodyOf(int length)
    {
        var padding = length - EventFactory.Reply("c", 1, item => item["body"] = "").Length;
        return EventFactory.Reply("c", 1, item => item["body"] = new string('x', padding));
    }

    private static async Task<QueuedEvent> ReceiveAsync(TestTable table, byte[] body)
    {
        var receiver = new TestReceiver(table.Payloads);
        Assert.IsType<ReceiveOutcome.Queued>(await receiver.ReceiveAsync(body));
        return Assert.Single(receiver.Queued);
    }

    private static Task<List<string>> BlobsAsync(TestTable table) =>
        table.Container().GetBlobsAsync().Select(blob => blob.Name).ToListAsync().AsTask();
}
