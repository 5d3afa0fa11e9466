using System.Text;
using BelcoFunctions.Pipeline.Erasing;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>The clock of a sender runs ahead, or the clock of an operator is wrong.</summary>
public sealed class AheadOfTheClockTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string Shop = EventFactory.ShopId;

    private static readonly DateTimeOffset Now = EventFactory.Start.AddSeconds(70);

    public static TheoryData<ErasureRequest> Requests =>
    [
        new ErasureRequest.OfConversation(Shop, "c", Now),
        new ErasureRequest.OfCustomer(Shop, "YX6HM6Sfbt4GvbvZb", Now),
    ];

    [AzuriteTheory]
    [MemberData(nameof(Requests))]
    public async Task An_event_received_before_and_dated_later_stays_erased(ErasureRequest request)
    {
        // The first event was received before the request. The second one was not, but is erased too, because it is dated
        // before the first. The third one stays.
        await Table.ProjectAsync(Event(90, received: 60), Event(80, received: 80), Event(100, received: 100));

        var counted = await Table.Eraser().CountAsync(
            request, new ErasureLookup(Table.Conversations()), CancellationToken.None);
        var receipt = await Table.Eraser().EraseAsync(request, progress: null, CancellationToken.None);

        Assert.Equal(new ErasureReceipt { Conversations = 1, TimelineRows = 2, LaterEvents = 1, ReachingFurther = 1 }, receipt);
        Assert.Equal(receipt, counted);
        await ShouldBeErasedThroughAsync(90);
        AssertAll<DeliveryOutcome.Erased>(await ProjectAsync([Event(90, received: 3_000), Event(80, received: 3_000)]));
        Assert.Single(await Table.RowsAsync("timeline_"));
    }

    [AzuriteTheory]
    [MemberData(nameof(Requests))]
    public async Task An_event_dated_later_that_waits_in_a_queue_is_erased_too(ErasureRequest request)
    {
        await Table.ProjectAsync(Event(1, received: 1));
        await Table.Eraser().EraseAsync(request, progress: null, CancellationToken.None);

        AssertAll<DeliveryOutcome.Erased>(await ProjectAsync([Event(90, received: 60)]));

        await ShouldBeErasedThroughAsync(90);
        AssertAll<DeliveryOutcome.Erased>(await ProjectAsync([Event(90, received: 3_000)]));
        AssertAll<DeliveryOutcome.Projected>(await ProjectAsync([Event(91, received: 91)]));
    }

    [AzuriteTheory]
    [MemberData(nameof(Requests))]
    public async Task A_kept_event_dated_later_is_erased_too(ErasureRequest request)
    {
        await Table.ProjectAsync(Event(1, received: 1));
        var kept = Event(90, received: 60) with { Queue = QueueNames.UnprojectedEvents };
        await Table.UnprojectedStore().KeepAsync([kept], CancellationToken.None);

        var counted = await Table.Eraser().CountAsync(
            request, new ErasureLookup(Table.Conversations()), CancellationToken.None);
        var receipt = await Table.Eraser().EraseAsync(request, progress: null, CancellationToken.None);

        Assert.Equal(
            new ErasureReceipt { Conversations = 1, TimelineRows = 1, UnprojectedEvents = 1, ReachingFurther = 1 }, receipt);
        Assert.Equal(receipt, counted);
        await ShouldBeErasedThroughAsync(90);
        AssertAll<DeliveryOutcome.Erased>(await Table.UnprojectedStore().KeepAsync(
            [kept with { ReceivedAt = EventFactory.Start.AddSeconds(3_000) }], CancellationToken.None));
    }

    [AzuriteTheory]
    [MemberData(nameof(Requests))]
    public async Task The_blob_of_an_event_dated_later_is_deleted_even_if_stored_later(ErasureRequest request)
    {
        var date = EventFactory.Start.AddSeconds(90);
        var large = await ReceiveAsync(Encoding.UTF8.GetBytes($$$"""
            {"requestId":"1","eventName":"contact.updated","date":"{{{date:O}}}",
            "payload":{"shopId":"shop","of":["c","YX6HM6Sfbt4GvbvZb"],"text":"{{{new string('x', 200_000)}}}"}}
            """));
        await Table.UnprojectedStore().KeepAsync(
            [large with { ReceivedAt = EventFactory.Start.AddSeconds(60) }], CancellationToken.None);
        Assert.NotNull(large.PayloadBlob);

        var counted = await Table.Eraser().CountAsync(
            request, new ErasureLookup(Table.Conversations()), CancellationToken.None);
        var receipt = await Table.Eraser().EraseAsync(request, progress: null, CancellationToken.None);

        Assert.Equal(new ErasureReceipt { UnprojectedEvents = 1, Blobs = 1 }, receipt);
        Assert.Equal(receipt, counted);
        Assert.Empty(await Table.Container().GetBlobsAsync().ToListAsync());
    }

    [AzuriteFact]
    public async Task A_conversation_without_an_erased_event_is_not_counted_but_its_later_events_are()
    {
        await Table.ProjectAsync(Event(80, received: 80), Event(90, received: 90));

        var receipt = await Table.Eraser().EraseAsync(
            new ErasureRequest.OfConversation(Shop, "c", Now), progress: null, CancellationToken.None);

        Assert.Equal(new ErasureReceipt { LaterEvents = 2 }, receipt);
        Assert.True(receipt.IsEmpty);
    }

    [AzuriteFact]
    public async Task The_moment_of_a_request_is_the_store_s_rounded_up_to_the_next_second()
    {
        var date = new DateTimeOffset(2031, 1, 2, 3, 4, 5, TimeSpan.Zero);
        Assert.Equal(date.AddSeconds(1), await Table.Eraser(new Dated(date)).ReadNowAsync(CancellationToken.None));
    }

    private static QueuedEvent Event(int second, int received) =>
        Reply("c", second) with { ReceivedAt = EventFactory.Start.AddSeconds(received) };

    private async Task ShouldBeErasedThroughAsync(int second) => Assert.Equal(EventFactory.Start.AddSeconds(second),
        Assert.Single(await Table.RowsAsync("conversation_")).GetDateTimeOffset("ErasedThrough"));

    private sealed class Dated(DateTimeOffset date) : Interceptor
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn)
        {
            var response = await goOn();
            response.Headers.Date = date;
            return response;
        }
    }
}
