using NSubstitute;

namespace BelcoFunctions.Cli.Tests.Serve.Queue;

/// <summary>The queue file keeps a copy of a large body while its event may still have to be projected.</summary>
public sealed class PayloadCopyTests : QueueTests
{
    private const string Blob = "blob";

    private static readonly TimeSpan Retention = TimeSpan.FromSeconds(20);
    private static readonly byte[] Body = [1, 2, 3];

    [Fact]
    public async Task A_copy_replaces_a_blob_that_the_storage_has_lost()
    {
        var blobs = Substitute.For<IPayloadStore>();
        blobs.PutAsync(default, default).ReturnsForAnyArgs(Blob);
        blobs.GetAsync(Blob, default).ReturnsForAnyArgs((byte[]?)null);
        var payloads = new LocalPayloadStore(blobs, Open.Queue);

        Assert.Equal(Blob, await payloads.PutAsync(Body, CancellationToken.None));
        Assert.Equal(Body, await payloads.GetAsync(Blob, CancellationToken.None));

        await blobs.ReceivedWithAnyArgs(2).PutAsync(default, default);
    }

    [Fact]
    public async Task A_copy_stays_while_its_event_waits_or_is_a_dead_letter()
    {
        await PutCopyAsync();
        await Open.Queue.EnqueueAsync(OpenQueue.Event("one") with { PayloadBlob = Blob }, CancellationToken.None);
        Assert.True(await IsKeptAfterAsync(Retention * 2));

        await Open.SettleDueAsync(new Settlement.DeadLetter("NeverProjectable", "not an event"));
        Assert.True(await IsKeptAfterAsync(Retention * 2));
    }

    [Fact]
    public async Task A_copy_without_an_event_stays_for_20_seconds()
    {
        await PutCopyAsync();
        Assert.True(await IsKeptAfterAsync(Retention));
        Assert.False(await IsKeptAfterAsync(TimeSpan.FromMilliseconds(1)));
    }

    private Task PutCopyAsync() => Open.Queue.PutPayloadAsync(Blob, Body, CancellationToken.None);

    // Copies are removed when an event is settled.
    private async Task<bool> IsKeptAfterAsync(TimeSpan time)
    {
        Open.Time.Advance(time);
        const string Other = QueueNames.ConversationClosed;
        await Open.Queue.EnqueueAsync(OpenQueue.Event("other", Other) with { PayloadBlob = null }, CancellationToken.None);
        var delivery = Assert.Single(await Open.ReceiveDueAsync(Other));
        await Open.Queue.SettleAsync([(delivery, new Settlement.Complete())]);
        return await Open.Queue.GetPayloadAsync(Blob, CancellationToken.None) is not null;
    }
}
