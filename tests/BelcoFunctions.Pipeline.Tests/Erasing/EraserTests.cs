using System.Net;
using System.Text;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Maintenance;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

public sealed class EraserTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const string Shop = EventFactory.ShopId;

    private static readonly DateTimeOffset Now = EventFactory.Start.AddHours(1);
    private static readonly ErasureRequest OneConversation = new ErasureRequest.OfConversation(Shop, "c", Now);

    [AzuriteFact]
    public async Task A_conversation_becomes_a_tombstone_that_no_query_shows()
    {
        var other = Reply("other", 1);
        await Table.ProjectAsync(Reply("c", 1), Reply("c", 2), other);

        Assert.Equal(new ErasureReceipt(1, 2, 0, 0, 0), await EraseAsync(OneConversation));

        var tombstone = (await Table.RowsAsync("conversation_")).Single(ConversationRow.IsTombstone);
        Assert.Equal(["ConversationId", "ErasedAt", "ErasedThrough", "ReceivedThrough", "SchemaVersion", "ShopId"],
            tombstone.Keys.Except(["odata.etag", "Timestamp", "PartitionKey", "RowKey"]).Order());
        Assert.Equal(Now, tombstone.GetDateTimeOffset("ErasedThrough"));
        Assert.Single(await Table.RowsAsync("timeline_"));
        var list = ReadApi.Json(await new ReadApi(Table).ListAsync());
        Assert.Equal("other", (string?)Assert.Single(list["conversations"]!.AsArray())!["conversationId"]);
        Assert.Equal(HttpStatusCode.NotFound, (await new ReadApi(Table).GetAsync("c")).Status);
        Assert.Equal(["other"], await Table.Rebuilder().ListAsync(Shop, CancellationToken.None)
            .Select(conversation => conversation.ConversationId).ToListAsync());
        Assert.Equal(new RebuildOutcome.Unchanged(),
            await Table.Rebuilder().RebuildAsync(Shop, "c", dryRun: false, CancellationToken.None));
    }

    [AzuriteFact]
    public async Task A_count_finds_what_an_erasure_erases_and_writes_nothing()
    {
        await Table.ProjectAsync(Reply("c", 2), await ReceiveAsync(EventFactory.ReplyOfSize(200_000)), Reply("other", 1));
        await KeepAsync("""{"requestId":"1","eventName":"contact.updated","payload":{"shopId":"shop","of":["c"]}}""");
        await KeepAsync("""{"requestId":"2","eventName":"contact.updated","payload":{"shopId":"shop","of":["d"]}}""");
        var before = (await Table.RowsAsync()).Select(row => row.ETag).ToList();
        var request = new ErasureRequest.OfConversation(Shop, "c", TestReceiver.Now);

        var counted = await Table.Eraser().CountAsync(request, Erased(), CancellationToken.None);

        Assert.Equal(new ErasureReceipt(1, 2, 1, 1, 0), counted);
        Assert.Equal(before, (await Table.RowsAsync()).Select(row => row.ETag));
        Assert.Equal(counted, await EraseAsync(request));
        Assert.True((await EraseAsync(request)).IsEmpty);
        Assert.True((await Table.Eraser().CountAsync(request, Erased(), CancellationToken.None)).IsEmpty);
        Assert.Empty(await Table.Container().GetBlobsAsync().ToListAsync());
        Assert.Single(await Table.Unprojected().QueryAsync<TableEntity>().ToListAsync());
    }

    [AzuriteFact]
    public async Task A_customer_is_every_conversation_that_names_them_and_no_other()
    {
        await Table.ProjectAsync(
            Of("c", "mine", 1), Of("c", "merged", 1), Of("d", "merged", 2),
            // The customer wrote in a conversation that is another's.
            EventFactory.Reply("actor", 1, item =>
            {
                item.Parent!["conversation"]!["customerId"] = "d";
                item["reference"]!["type"] = "contact";
                item["reference"]!["_id"] = "c";
            }).ToQueued(),
            Of("d", "untouched", 1), Of("c", "later", 4000));

        await EraseAsync(new ErasureRequest.OfCustomer(Shop, "c", Now));

        var live = (await Table.RowsAsync("conversation_")).Where(row => !ConversationRow.IsTombstone(row));
        Assert.Equal(["later", "untouched"], live.Select(row => row.GetString("ConversationId")));
        Assert.Equal(2, (await Table.RowsAsync("timeline_")).Count);

        static QueuedEvent Of(string customerId, string conversationId, int second) => EventFactory.Reply(conversationId, second,
            item => item.Parent!["conversation"]!["customerId"] = customerId).ToQueued();
    }

    [AzuriteFact]
    public async Task Retention_erases_closed_conversations_through_their_last_item_and_an_event_that_reopens_one_brings_it_back()
    {
        var (message, closed, open, recent) = (Reply("c", 1), Close("c", 2), Reply("open", 1), Close("recent", 3600));
        await Table.ProjectAsync(message, closed, open, recent);
        var request = new ErasureRequest.OfClosed(ShopId: null, EventFactory.Start.AddSeconds(60));

        Assert.Equal(new ErasureReceipt(1, 2, 0, 0, 0), await EraseAsync(request));
        Assert.True((await EraseAsync(request)).IsEmpty);

        var later = Reply("c", 3);
        Assert.Equal([new DeliveryOutcome.Erased(), new DeliveryOutcome.Erased(), new DeliveryOutcome.Applied()],
            await ProjectAsync([message, closed, later]));
        Assert.Equal(3, (await Table.RowsAsync("timeline_")).Count);
        var row = Assert.Single(await Table.RowsAsync("conversation_c"));
        Assert.Equal((1, EventFactory.Start.AddSeconds(2)), (row.GetInt32("Events"), row.GetDateTimeOffset("ErasedThrough")));

        static QueuedEvent Close(string conversationId, int second) =>
            EventFactory.Make(EventNames.ConversationClosed, conversationId, second).ToQueued();
    }

    [AzuriteFact]
    public async Task Retention_does_not_erase_a_conversation_that_is_reopened_after_it_was_found()
    {
        await Table.ProjectAsync(EventFactory.Make(EventNames.ConversationClosed, "c", 1).ToQueued());
        var reopened = EventFactory.Make(EventNames.ConversationReopened, "c", 20).ToQueued();

        var receipt = await Table.Eraser(new ConcurrentWrite(Requests.IsTransaction, () => Table.ProjectAsync(reopened)))
            .EraseAsync(new ErasureRequest.OfClosed(Shop, EventFactory.Start.AddSeconds(10)), null, CancellationToken.None);

        Assert.True(receipt.IsEmpty);
        Assert.Equal(2, (await Table.RowsAsync("timeline_")).Count);
    }

    [AzuriteFact]
    public async Task Retention_that_was_killed_is_ended_by_the_next_run()
    {
        var request = new ErasureRequest.OfClosed(Shop, Now);
        for (var requests = 0; ; requests++)
        {
            await Table.ProjectAsync(EventFactory.Make(EventNames.ConversationClosed, $"c{requests}", 1).ToQueued());
            await KeepAsync($$$"""
                {"requestId":"r","eventName":"contact.updated","date":"2025-06-11T09:00:00Z",
                "payload":{"shopId":"shop","of":["c{{{requests}}}"]}}
                """);
            var kill = new KilledAfter(requests);
            try
            {
                await Table.Eraser(kill).EraseAsync(request, null, CancellationToken.None);
            }
            catch (StoreUnavailableException) when (kill.IsKilled)
            {
                // As it should be.
            }

            await EraseAsync(request);

            Assert.Empty(await Table.RowsAsync("timeline_"));
            Assert.Empty(await Table.Unprojected().QueryAsync<TableEntity>().ToListAsync());
            Assert.DoesNotContain(await Table.RowsAsync("conversation_"), row => row.ContainsKey("ErasureUnfinished"));
            if (!kill.IsKilled) return;
        }
    }

    [AzuriteFact]
    public async Task An_event_that_names_an_erased_customer_erases_what_its_conversation_had_before()
    {
        await EraseAsync(new ErasureRequest.OfCustomer(Shop, "customer", Now));
        await Table.ProjectAsync(Anonymous(1), Anonymous(2));
        Assert.Equal(2, (await Table.RowsAsync("timeline_")).Count);

        Assert.Equal([new DeliveryOutcome.Erased()], await ProjectAsync([Named(3)]));

        Assert.Empty(await Table.RowsAsync("timeline_"));
        Assert.Empty(await Table.RowsAsync("recent_"));
        Assert.True(ConversationRow.IsTombstone(Assert.Single(await Table.RowsAsync("conversation_"))));

        QueuedEvent Anonymous(int second) => EventFactory.Reply(
            "c", second, item => item.Parent!["conversation"]!.AsObject().Remove("customerId")).ToQueued();
        QueuedEvent Named(int second) => EventFactory.Reply(
            "c", second, item => item.Parent!["conversation"]!["customerId"] = "customer").ToQueued();
    }

    [AzuriteFact]
    public async Task A_conversation_of_a_newer_version_is_left_and_said_to_be()
    {
        await Table.ProjectAsync(Reply("c", 1), Reply("d", 1));
        await Table.Client().UpsertEntityAsync(
            new TableEntity(Shop, "conversation_c") { ["SchemaVersion"] = RowValues.SchemaVersion + 1 });

        var receipt = await EraseAsync(new ErasureRequest.OfCustomer(Shop, "YX6HM6Sfbt4GvbvZb", Now));

        Assert.Equal(new ErasureReceipt(1, 1, 0, 0, 1), receipt);
        Assert.Equal("c", Assert.Single(await Table.RowsAsync("timeline_")).GetString("ConversationId"));
    }

    [AzuriteFact]
    public async Task Hundreds_of_events_with_a_blob_among_them_are_deleted_and_later_ones_are_folded()
    {
        await Table.ProjectAsync([.. Enumerable.Range(2, 248).Select(second => Reply("c", second))]);
        await Table.ProjectAsync(await ReceiveAsync(EventFactory.ReplyOfSize(200_000)));

        var receipt = await EraseAsync(new ErasureRequest.OfConversation(Shop, "c", EventFactory.Start.AddSeconds(240)));

        Assert.Equal(new ErasureReceipt(1, 240, 0, 1, 0) { Kept = 9 }, receipt);
        var row = Assert.Single(await Table.RowsAsync("conversation_"));
        Assert.Equal(9, row.GetInt32("Events"));
        Assert.Equal(new RebuildOutcome.Unchanged(),
            await Table.Rebuilder().RebuildAsync(Shop, "c", dryRun: false, CancellationToken.None));
        Assert.Single(await Table.RowsAsync("recent_"));
    }

    [AzuriteFact]
    public async Task A_customer_s_blob_that_no_row_names_goes_and_one_with_the_id_in_another_place_stays()
    {
        // The projector would not take these two for the customer's either.
        var named = await ReceiveAsync(Large("named", item => item["pageTitle"] = "customer"));
        await Table.ProjectAsync(named);
        var agents = await ReceiveAsync(Large("unnamed", item => item.Parent!["conversation"]!["assignedTo"] = "customer"));
        var customers = await ReceiveAsync(Large("theirs", item => item.Parent!["conversation"]!["customerId"] = "customer"));

        var receipt = await EraseAsync(new ErasureRequest.OfCustomer(Shop, "customer", Now));

        Assert.Equal(new ErasureReceipt(0, 0, 0, 1, 0), receipt);
        Assert.NotNull(await Table.Payloads.GetAsync(named.PayloadBlob!, CancellationToken.None));
        Assert.NotNull(await Table.Payloads.GetAsync(agents.PayloadBlob!, CancellationToken.None));
        Assert.Null(await Table.Payloads.GetAsync(customers.PayloadBlob!, CancellationToken.None));

        static byte[] Large(string conversation, Action<System.Text.Json.Nodes.JsonObject> change) =>
            EventFactory.Reply(conversation, 1, item =>
            {
                item["body"] = new string('x', 200_000);
                change(item);
            });
    }

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
    public async Task The_conversation_of_an_erased_event_that_is_kept_or_dead_is_erased_before_the_event_goes(bool dead)
    {
        // Only the second event says whose the conversation is.
        await Table.ProjectAsync(Reply("c", 1));
        var telling = EventFactory.Reply("c", 2, item => item.Parent!["conversation"]!["customerId"] = "customer").ToQueued()
            with
        { Queue = QueueNames.UnprojectedEvents };
        await EraseAsync(new ErasureRequest.OfCustomer(Shop, "customer", Now));
        Assert.Single(await Table.RowsAsync("timeline_"));

        if (dead)
        {
            var (letters, erased) = (DeadLetters(), DeadLetters().Begin());
            Assert.True(await letters.EraseAsync(telling, erased, CancellationToken.None));
            // Those that were judged before must be judged again.
            Assert.Equal(1, erased.ConversationsErased);
            Assert.True(await letters.EraseAsync(telling, erased, CancellationToken.None));
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
        AssertAll<DeliveryOutcome.Applied>(await Table.UnprojectedStore().KeepAsync([telling], CancellationToken.None));
        var row = Assert.Single(await Table.RowsAsync("conversation_"));
        row["LastItemVersion"] = 7;
        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        var receipt = await EraseAsync(new ErasureRequest.OfCustomer(Shop, "customer", Now));

        Assert.Equal(1, receipt.Left);
        Assert.Single(await Table.Unprojected().QueryAsync<TableEntity>().ToListAsync());
        AssertAll<DeliveryOutcome.RetryLater>(await Table.UnprojectedStore().KeepAsync([telling], CancellationToken.None));
        Assert.False(await DeadLetters().EraseAsync(telling, DeadLetters().Begin(), CancellationToken.None));
    }

    [AzuriteFact]
    public async Task A_conversation_whose_row_cannot_be_read_is_erased()
    {
        await Table.ProjectAsync(Reply("c", 1), Reply("c", 2));
        var row = Assert.Single(await Table.RowsAsync("conversation_"));
        row["Events"] = "two";
        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        var counted = await Table.Eraser().CountAsync(OneConversation, Erased(), CancellationToken.None);

        Assert.Equal(new ErasureReceipt(1, 2, 0, 0, 0), counted);
        Assert.Equal(counted, await EraseAsync(OneConversation));
        Assert.True(ConversationRow.IsTombstone(Assert.Single(await Table.RowsAsync("conversation_"))));
        Assert.Empty(await Table.RowsAsync("recent_"));
    }

    private ErasedDeadLetters DeadLetters() => new(
        Table.Storage(), new ConversationTable(Table.Client()), new PayloadReader(Table.Payloads), new TimeWithoutWaiting());

    private ErasedEvents Erased() => new(new ConversationTable(Table.Client()));

    private Task<ErasureReceipt> EraseAsync(ErasureRequest request) =>
        Table.Eraser().EraseAsync(request, progress: null, CancellationToken.None);

    private async Task<DeliveryOutcome> KeepAsync(string body) => Assert.Single(await Table.UnprojectedStore().KeepAsync(
        [await ReceiveAsync(Encoding.UTF8.GetBytes(body))], CancellationToken.None));
}
