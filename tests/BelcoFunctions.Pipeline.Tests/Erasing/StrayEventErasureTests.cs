using System.Text;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Testing.Receiving;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

/// <summary>Events that are in no timeline.</summary>
public sealed class StrayEventErasureTests(AzuriteFixture azurite) : ErasingTests(azurite)
{
    [AzuriteTheory]
    [InlineData("""{"requestId":"r","eventName":"e","payload":{"shopId":"shop","x":"customer"}}""", true)]
    [InlineData("""{"requestId":"r","eventName":"e","payload":{"shopId":"shop","x":{"customer":1}}}""", true)]
    [InlineData("""{"requestId":"r","eventName":"e","payload":{"shopId":"shop","x":"\u0063ustomer"}}""", true)]
    [InlineData("""{"requestId":"r","eventName":"e","payload":{"shopId":"shop","x":"customers"}}""", false)]
    [InlineData("""{"requestId":"r","eventName":"e","payload":{"shopId":"another","x":"customer"}}""", false)]
    [InlineData("""{"requestId":"r","eventName":"e","payload":{"x":"customer"}}""", true)]
    [InlineData("""{"requestId":"r","eventName":"e","date":"yesterday","payload":{"shopId":"shop","x":"customer"}}""", true)]
    [InlineData(
        """{"requestId":"r","eventName":"e","date":"9000-01-01T00:00:00Z","payload":{"shopId":"shop","x":"customer"}}""", true)]
    [InlineData("""{"requestId":"r","eventName":"e","date":"2025-06-11T10:00:00Z","payload":{"shopId":"shop","x":"customer"}}""",
        true)]
    [InlineData(
        """{"requestId":"r","eventName":"e","date":"2025-06-11T10:00:00.001Z","payload":{"shopId":"shop","x":"customer"}}""",
        false)]
    public async Task An_unprojected_event_is_erased_when_a_whole_string_is_the_id_of_an_erased_customer(string body, bool erased)
    {
        var received = body.Contains("date", StringComparison.Ordinal) ? Now : TestReceiver.Now;
        await EraseAsync(new ErasureRequest.OfCustomer(Shop, "customer", received));
        await EraseAsync(new ErasureRequest.OfConversation(Shop, "talk", received));

        foreach (var strings in new[] { 0, 200 })
        {
            // Many strings are looked up in another way.
            var many = string.Join(',', Enumerable.Range(0, strings).Select(number => $"\"{number}\""));
            var padded = strings == 0 ? body : $$"""{"a":[{{many}}],{{body[1..]}}""";
            var outcome = await KeepAsync(padded);
            Assert.Equal(erased, outcome is DeliveryOutcome.Erased);
            var asConversation = await KeepAsync(padded.Replace("customer", "talk", StringComparison.Ordinal)
                .Replace("\\u0063ustomer", "\\u0074alk", StringComparison.Ordinal));
            Assert.Equal(erased, asConversation is DeliveryOutcome.Erased);
        }

        Assert.Equal(erased ? 0 : 4, await Table.Unprojected().QueryAsync<TableEntity>().CountAsync());
    }

    [AzuriteFact]
    public async Task An_unprojected_event_that_is_kept_while_its_customer_is_erased_does_not_slip_through()
    {
        var store = Table.UnprojectedStore(new ConcurrentWrite(
            request => request.Method == HttpMethod.Post,
            () => EraseAsync(new ErasureRequest.OfCustomer(Shop, "customer", TestReceiver.Now))));
        var queued = await ReceiveAsync(Encoding.UTF8.GetBytes(
            """{"requestId":"r","eventName":"e","payload":{"shopId":"shop","x":"customer"}}"""));

        AssertAll<DeliveryOutcome.Erased>(await store.KeepAsync([queued], CancellationToken.None));

        Assert.Empty(await Table.Unprojected().QueryAsync<TableEntity>().ToListAsync());
    }

    [AzuriteTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_conversation_of_a_kept_event_or_dead_letter_is_erased_before_the_event(bool dead)
    {
        // Only the second event names the customer.
        await Table.ProjectAsync(Reply("c", 1));
        var telling = EventFactory.Reply("c", 2, item => item.Parent!["conversation"]!["customerId"] = "customer").ToQueued()
            with
        { Queue = QueueNames.UnprojectedEvents };
        await EraseAsync(new ErasureRequest.OfCustomer(Shop, "customer", Now));
        Assert.Single(await Table.RowsAsync("timeline_"));

        if (dead)
        {
            var (letters, erased) = (DeadLetters(), DeadLetters().Begin());
            Assert.Equal(StrayOutcome.Erased, await letters.EraseAsync(telling, erased, CancellationToken.None));
            // Events that were checked earlier must be checked again.
            Assert.Equal(1, erased.ConversationsErased);
            Assert.Equal(StrayOutcome.Erased, await letters.EraseAsync(telling, erased, CancellationToken.None));
            Assert.Equal(1, erased.ConversationsErased);
        }
        else
        {
            AssertAll<DeliveryOutcome.Erased>(await Table.UnprojectedStore().KeepAsync([telling], CancellationToken.None));
        }

        Assert.Empty(await Table.RowsAsync("timeline_"));
        Assert.True(ConversationRow.IsTombstone(Assert.Single(await Table.RowsAsync("conversation_"))));
        AssertAll<DeliveryOutcome.Erased>(await Table.ProjectAsync(Reply("c", 3)));
    }

    [AzuriteFact]
    public async Task An_event_stays_as_long_as_its_conversation_cannot_be_erased()
    {
        await Table.ProjectAsync(Reply("c", 1));
        var telling = EventFactory.Reply("c", 2, item => item.Parent!["conversation"]!["customerId"] = "customer").ToQueued()
            with
        { Queue = QueueNames.UnprojectedEvents };
        // Two events of the conversation that stays count once.
        var other = EventFactory.Reply("c", 3, item => item.Parent!["conversation"]!["customerId"] = "customer").ToQueued()
            with
        { Queue = QueueNames.UnprojectedEvents };
        AssertAll<DeliveryOutcome.Kept>(
            await Table.UnprojectedStore().KeepAsync([telling, other], CancellationToken.None));
        var row = Assert.Single(await Table.RowsAsync("conversation_"));
        row["LastItemVersion"] = 7;
        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        var receipt = await EraseAsync(new ErasureRequest.OfCustomer(Shop, "customer", Now));

        Assert.Equal(1, receipt.Remaining);
        Assert.Equal(2, await Table.Unprojected().QueryAsync<TableEntity>().CountAsync());
        AssertAll<DeliveryOutcome.Failed>(await Table.UnprojectedStore().KeepAsync([telling], CancellationToken.None));
        Assert.Equal(StrayOutcome.Remaining,
            await DeadLetters().EraseAsync(telling, DeadLetters().Begin(), CancellationToken.None));
    }

    [AzuriteTheory]
    [InlineData(23, false)]
    [InlineData(25, true)]
    public async Task A_blob_that_a_killed_import_left_goes_after_a_day(int hours, bool goes)
    {
        var webhook = EventFactory.ReplyOfSize(200_000);
        var waiting = await Table.Payloads.PutAsync(webhook, CancellationToken.None);
        var left = await Table.Payloads.PutAsync(
            webhook.AsImported(item => item["_id"] = "left").Raw, CancellationToken.None);
        var written = webhook.AsImported(item => item["_id"] = "written");
        await new ItemImport(Table.Storage(), Table.Payloads, new TimeWithoutWaiting()).WriteAsync(
            Shop, written.Conversation.Id, [written], Now, reading: null, CancellationToken.None);
        var later = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(hours));
        var eraser = new Eraser(Table.Storage(), new PayloadReader(Table.Payloads), later);
        var request = new ErasureRequest.OfConversation(Shop, "another", Now);

        var expected = await eraser.CountAsync(request, Erased(), CancellationToken.None);
        var receipt = await eraser.EraseAsync(request, progress: null, CancellationToken.None);

        Assert.Equal((goes ? 1 : 0, goes ? 1 : 0), (expected.Blobs, receipt.Blobs));
        Assert.Equal(goes, await Table.Payloads.GetAsync(left, CancellationToken.None) is null);
        Assert.NotNull(await Table.Payloads.GetAsync(waiting, CancellationToken.None));
        var row = Assert.Single(await Table.RowsAsync("timeline_"));
        Assert.NotNull(await Table.Payloads.GetAsync(row.GetString("RawBlob"), CancellationToken.None));
    }

    private ErasedDeadLetters DeadLetters() => new(
        Table.Storage(), new PayloadReader(Table.Payloads), new TimeWithoutWaiting());
}
