using NSubstitute;

namespace BelcoFunctions.Pipeline.Tests.Queueing;

public sealed class PayloadReaderTests
{
    private readonly IPayloadStore payloads = Substitute.For<IPayloadStore>();

    private PayloadReader Reader => new(payloads);

    [Fact]
    public async Task An_event_without_a_blob_has_its_own_body()
    {
        var body = await Reader.ReadAsync(Queued("{}"u8.ToArray(), blob: null), CancellationToken.None);

        Assert.Equal("{}"u8, body!.Value.Span);
        Assert.Empty(payloads.ReceivedCalls());
    }

    [Fact]
    public async Task The_body_of_an_event_with_a_blob_is_the_blob()
    {
        payloads.GetAsync("blob", CancellationToken.None).Returns("{}"u8.ToArray());

        var body = await Reader.ReadAsync(Queued([], "blob"), CancellationToken.None);

        Assert.Equal("{}"u8, body!.Value.Span);
    }

    [Fact]
    public async Task A_missing_blob_is_no_body_and_differs_from_an_empty_one()
    {
        payloads.GetAsync("missing", CancellationToken.None).Returns((byte[]?)null);
        payloads.GetAsync("empty", CancellationToken.None).Returns([]);

        Assert.Null(await Reader.ReadAsync(Queued([], "missing"), CancellationToken.None));
        Assert.NotNull(await Reader.ReadAsync(Queued([], "empty"), CancellationToken.None));
    }

    [Fact]
    public void The_reason_for_a_missing_blob_names_it() => Assert.Equal(
        "The blob blob-1 that has its body is missing.",
        DeliveryOutcome.NeverProjectable.BlobIsMissing(Queued([], "blob-1")).Reason);

    [Fact]
    public async Task A_deleted_blob_is_deleted_in_the_store()
    {
        await Reader.DeleteAsync("blob", CancellationToken.None);

        await payloads.Received().DeleteAsync("blob", CancellationToken.None);
    }

    private static QueuedEvent Queued(byte[] body, string? blob) => new()
    {
        Queue = QueueNames.ConversationClosed,
        Body = body,
        EventName = EventNames.ConversationClosed,
        RequestId = "request",
        ReceivedAt = DateTimeOffset.UnixEpoch,
        PayloadBlob = blob,
    };
}
