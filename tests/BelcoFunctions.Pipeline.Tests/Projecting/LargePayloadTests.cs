using System.Text;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Testing.Receiving;

namespace BelcoFunctions.Pipeline.Tests.Projecting;

/// <summary>The claim check, from the receiver to the timeline.</summary>
public sealed class LargePayloadTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly byte[] Large = EventFactory.ReplyOfSize(200_000);

    [AzuriteFact]
    public async Task A_body_of_128_KiB_travels_in_the_queue_and_stays_in_the_row()
    {
        var body = EventFactory.ReplyOfSize(ClaimCheck.MaxQueuedBytes);

        var queued = await ReceiveAsync(body);

        Assert.Equal((null, body.Length), (queued.PayloadBlob, queued.Body.Length));
        Assert.Empty(await BlobsAsync());
        var row = await ProjectToRowAsync(queued);
        Assert.Equal(body, row.GetBytes("Raw"));
        Assert.False(row.ContainsKey("RawBlob"));
    }

    [AzuriteFact]
    public async Task A_body_of_one_byte_more_is_a_blob_that_the_row_names()
    {
        var body = EventFactory.ReplyOfSize(ClaimCheck.MaxQueuedBytes + 1);

        var queued = await ReceiveAsync(body);

        Assert.Equal("c", ClaimCheck.Read(queued.Body)?.ConversationId);
        Assert.Equal([queued.PayloadBlob!], await BlobsAsync());
        var row = await ProjectToRowAsync(queued);
        Assert.Equal(body, await Table.Payloads.GetAsync(row.GetString("RawBlob"), CancellationToken.None));
        Assert.False(row.ContainsKey("Raw"));
    }

    [AzuriteFact]
    public async Task The_same_large_body_sent_twice_is_one_blob_and_one_message_id()
    {
        var (first, second) = (await ReceiveAsync(Large), await ReceiveAsync(Large));

        Assert.Equal((first.PayloadBlob, first.MessageId), (second.PayloadBlob, second.MessageId));
        Assert.Single(await BlobsAsync());
    }

    [AzuriteFact]
    public async Task A_blob_that_the_SDK_puts_again_after_a_lost_response_is_stored_once()
    {
        var received = await new TestReceiver(Table.PayloadsThrough(new LostResponse(_ => true))).ReceiveAsync(Large);

        Assert.Equal([received.Queued!.PayloadBlob!], await BlobsAsync());
    }

    [AzuriteTheory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("aa")]
    public async Task A_text_of_3_MB_is_cut_to_100_000_characters_and_no_emoji_is_split(string prefix)
    {
        // The prefix decides whether the cut between two columns would fall between the two halves of an emoji.
        var text = prefix + string.Concat(Enumerable.Repeat("😀", 750_000));

        var row = await ProjectToRowAsync(await ReceiveAsync(EventFactory.Reply("c", 1, item => item["body"] = text)));

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
    public async Task A_text_of_100_000_characters_is_stored_whole()
    {
        var text = new string('é', 100_000);

        var row = await ProjectToRowAsync(await ReceiveAsync(EventFactory.Reply("c", 1, item => item["body"] = text)));

        Assert.Equal(text, row.GetText("Body"));
        Assert.Null(row.GetBoolean("BodyTruncated"));
    }

    [AzuriteTheory]
    [InlineData(100_000)]
    [InlineData(100_001)]
    public async Task Attachments_of_over_100_000_characters_are_marked_as_truncated(int length)
    {
        var name = new string('x', length - """[{"name":""}]""".Length);

        var row = await ProjectToRowAsync(await ReceiveAsync(EventFactory.Reply("c", 1,
            item => item["attachments"] = new JsonArray(new JsonObject { ["name"] = name }))));

        var isTruncated = length > 100_000;
        Assert.Equal(isTruncated ? null : length, row.GetText("Attachments")?.Length);
        Assert.Equal(isTruncated ? true : null, row.GetBoolean("AttachmentsTruncated"));
    }

    [AzuriteFact]
    public async Task An_event_whose_blob_is_missing_is_never_projectable_and_the_others_of_its_batch_are_projected()
    {
        var (missing, other) = (await ReceiveAsync(Large), Reply("c", 2));
        await Table.Container().DeleteBlobAsync(missing.PayloadBlob);

        var outcomes = await Table.ProjectAsync(missing, other);

        var never = Assert.IsType<DeliveryOutcome.NeverProjectable>(outcomes[0]);
        Assert.Contains(missing.PayloadBlob!, never.Reason, StringComparison.Ordinal);
        Assert.IsType<DeliveryOutcome.Projected>(outcomes[1]);
        await Table.AssertHasExactlyAsync(other);
    }

    [AzuriteFact]
    public async Task An_event_that_is_delivered_again_after_it_was_erased_is_erased()
    {
        var large = await ReceiveAsync(Large);
        await Table.ProjectAsync(large);
        await Table.Eraser().EraseAsync(
            new ErasureRequest.OfConversation(EventFactory.ShopId, "c", TestReceiver.Now), progress: null,
            CancellationToken.None);
        Assert.Empty(await BlobsAsync());

        AssertAll<DeliveryOutcome.Erased>(await Table.ProjectAsync(large, large));
    }

    [AzuriteFact]
    public async Task An_event_whose_body_differs_from_its_row_is_a_duplicate_however_often_it_is_delivered()
    {
        var (first, second) = (await ReceiveAsync(Large), await ReceiveAsync(EventFactory.ReplyOfSize(200_001)));
        AssertAll<DeliveryOutcome.Projected>(await Table.ProjectAsync(first));

        AssertAll<DeliveryOutcome.Duplicate>(await Table.ProjectAsync(second));
        Assert.Equal([first.PayloadBlob!], await BlobsAsync());
        AssertAll<DeliveryOutcome.Duplicate>(await Table.ProjectAsync(second));
    }

    [AzuriteTheory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"ShopId":null,"ConversationId":"c","CreatedAt":"2025-06-11T09:00:00Z","RequestId":"r","ItemId":"i"}""")]
    public async Task A_message_without_a_blob_that_does_not_say_which_event_it_is_is_never_projectable(string claimCheck)
    {
        var queued = Reply("c", 1) with { Body = Encoding.UTF8.GetBytes(claimCheck), PayloadBlob = "gone" };

        AssertAll<DeliveryOutcome.NeverProjectable>(await Table.ProjectAsync(queued));
    }

    [AzuriteFact]
    public async Task An_event_whose_blob_request_is_rejected_fails_alone()
    {
        var (rejected, other) = (await ReceiveAsync(Large), Reply("c", 2));

        var outcomes = await ProjectAsync([rejected, other], FakeResponse.BlobError(400, "InvalidResourceName"));

        Assert.Contains("400", Assert.IsType<DeliveryOutcome.Failed>(outcomes[0]).Reason, StringComparison.Ordinal);
        Assert.IsType<DeliveryOutcome.Projected>(outcomes[1]);
        await Table.AssertHasExactlyAsync(other);
    }

    [AzuriteFact]
    public async Task While_the_blob_store_is_down_only_events_that_need_it_are_retried_later()
    {
        var (large, small) = (await ReceiveAsync(Large), Reply("c", 2));

        var outcomes = await ProjectAsync([large, small], FakeResponse.BlobError(503, "ServerBusy"));

        Assert.IsType<DeliveryOutcome.RetryLater>(outcomes[0]);
        Assert.IsType<DeliveryOutcome.Projected>(outcomes[1]);
        AssertAll<DeliveryOutcome.Projected>(await Table.ProjectAsync(large));
        await Table.AssertHasExactlyAsync(large, small);
    }

    [AzuriteTheory]
    [InlineData(503)]
    [InlineData(null)]
    public async Task While_the_blob_store_is_down_the_receiver_answers_503_to_a_large_body_only(int? status)
    {
        var receiver = new TestReceiver(Table.PayloadsThrough(new FailedRequest(_ => true, () => status is null
            ? throw new HttpRequestException("Connection refused.") : FakeResponse.BlobError(status.Value, "ServerBusy"))));

        Assert.IsType<ReceiveOutcome.Unavailable>((await receiver.ReceiveAsync(Large)).Outcome);
        Assert.IsType<ReceiveOutcome.Queued>((await receiver.ReceiveAsync(EventFactory.ReplyOfSize(2_000))).Outcome);

        Assert.Equal(2_000, Assert.Single(receiver.Queued).Body.Length);
    }

    private Task<IReadOnlyList<DeliveryOutcome>> ProjectAsync(
        IReadOnlyList<QueuedEvent> batch, HttpResponseMessage blobsAnswer) =>
        Table.ProjectorReading(Table.PayloadsThrough(new FailedRequest(_ => true, () => blobsAnswer)))
            .ProjectAsync(batch, CancellationToken.None);

    private async Task<Azure.Data.Tables.TableEntity> ProjectToRowAsync(QueuedEvent queued)
    {
        AssertAll<DeliveryOutcome.Projected>(await Table.ProjectAsync(queued));
        await Table.AssertHasExactlyAsync(queued);
        return Assert.Single(await Table.RowsAsync("timeline_"));
    }

    private Task<List<string>> BlobsAsync() =>
        Table.Container().GetBlobsAsync().Select(blob => blob.Name).ToListAsync().AsTask();
}
