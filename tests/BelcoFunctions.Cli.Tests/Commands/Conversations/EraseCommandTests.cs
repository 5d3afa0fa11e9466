using System.Security.Cryptography;
using Azure.Data.Tables;
using BelcoFunctions.Cli.Tests.Commands.Server;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

[Collection(ErasingServe.Name)]
public sealed class EraseCommandTests(RunningServe serve) : EraseTests(serve)
{
    [AzuriteFact]
    public async Task A_customer_is_erased_from_rows_blobs_and_the_queue_file_while_serve_runs()
    {
        // The same file may have completed events of other tests whose customers were erased. Until they are removed, they are
        // counted too.
        var others = await CountQueuedEventsAsync();
        var blob = await ProjectLargeAsync();
        await EnqueueDeadLetterAsync();
        // Completed events are removed soon. This one is certain to be counted, because it is not due yet.
        Serve.Enqueue(Queued(PayloadFiles.InShop(Event, ShopId)), due: DateTimeOffset.UtcNow.AddDays(1));

        var counted = await EraseAsync("--dry-run");
        Assert.True((bool)counted["dryRun"]!);
        Assert.Equal([1, 1, 0, 1, 1, 0], Counts(counted));
        Assert.InRange((int)counted["queuedEvents"]!, 1, 3 + others);
        Assert.NotEmpty(await RowsAsync("timeline_"));
        Assert.True(await Serve.Storage.Payloads.GetBlobClient(blob).ExistsAsync());

        var receipt = await EraseAsync("--yes");

        Assert.Equal(("customer", ShopId, false),
            ((string?)receipt["request"], (string?)receipt["shop"], (bool)receipt["dryRun"]!));
        Assert.Equal([1, 1, 0, 1, 1, 0], Counts(receipt));
        // The completed event may have been removed in the meantime.
        Assert.InRange((int)receipt["queuedEvents"]!, 0, 1 + others);
        Assert.Equal(1, (int)receipt["erasedByServe"]!);
        Assert.DoesNotContain(CustomerId, receipt.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(PayloadFiles.ConversationId, receipt.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(await RowsAsync("timeline_"));
        Assert.Empty(await RowsAsync("recent_"));
        Assert.False(await Serve.Storage.Payloads.GetBlobClient(blob).ExistsAsync());
        // Serve erases the waiting event itself, when it is due.
        using (var queues = QueueDatabase.Open(Serve.DataFolder, create: false))
        {
            Assert.Equal(1, queues.Execute(
                "UPDATE messages SET visible_at = 0 WHERE request_id = $shop AND completed_at IS NULL", ("$shop", ShopId)));
        }

        await TestTimeout.UntilAsync(() => !Serve.QueueFileHas(ShopId));
        Assert.Empty(await RowsAsync("timeline_"));
    }

    [AzuriteFact]
    public async Task An_event_received_before_the_erasure_but_dated_later_is_erased_and_the_receipt_says_so()
    {
        await Serve.PostAsync(At(PayloadFiles.InShop(Event, ShopId), DateTimeOffset.UtcNow.AddSeconds(90)));
        await Serve.WaitForConversationAsync(ShopId, events: 1);

        var receipt = await EraseAsync(["--conversation", PayloadFiles.ConversationId], "--yes");

        Assert.Equal((1, 1, 0, 1), ((int)receipt["conversations"]!, (int)receipt["timelineRows"]!, (int)receipt["laterEvents"]!,
            (int)receipt["reachingFurther"]!));
        Assert.Empty(await RowsAsync("timeline_"));

        static byte[] At(byte[] body, DateTimeOffset time)
        {
            var e = JsonNode.Parse(body)!;
            e["payload"]!["conversation_item"]!["createdAt"] = time.ToString("O");
            return e.ToUtf8();
        }
    }

    [AzuriteFact]
    public async Task Live_does_not_link_to_an_erased_conversation()
    {
        await Serve.ProjectAsync(Event, ShopId);
        await Serve.ProjectAsync(Event, $"{ShopId}-other");
        await TestTimeout.UntilAsync(async _ => (await LinksAsync()).Length == 2);

        await EraseAsync("--yes");

        Assert.Equal([$"{ShopId}-other"], await LinksAsync());
    }

    [AzuriteFact]
    public async Task Live_does_not_link_to_an_erased_conversation_beside_rows_of_another_version()
    {
        var other = $"{ShopId}-other";
        await Serve.ProjectAsync(Event, ShopId);
        // As many newer webhooks as Live looks up at once.
        foreach (var number in Enumerable.Range(1, 16)) await Serve.PostAsync(InConversation($"c{number}"));
        await TestTimeout.UntilAsync(async _ => (await RowsAsync("conversation_", other)).Count == 16);
        await TestTimeout.UntilAsync(async _ => (await LinksAsync()).Length == 2);
        var rows = await RowsAsync("conversation_", other);
        foreach (var row in rows) await SetSchemaVersionAsync(row, 99);

        // The queue file has events of these conversations too, and must not be counted here.
        var erasure = await BelcoProgram.RunAsync(
            ["erase", "--shop", ShopId, "--customer", CustomerId, "--yes", "--storage", Serve.ConnectionString]);
        Assert.True(erasure.ExitCode == 0, erasure.Error);

        Assert.Equal([other], await LinksAsync());
        foreach (var row in rows) await SetSchemaVersionAsync(row, row.GetInt32("SchemaVersion")!.Value);

        byte[] InConversation(string id)
        {
            var e = JsonNode.Parse(PayloadFiles.InShop(Event, other))!;
            e["requestId"] = id;
            e["payload"]!["conversation"]!["_id"] = id;
            e["payload"]!["conversation_item"]!["conversationId"] = id;
            return e.ToUtf8();
        }
    }

    [AzuriteFact]
    public async Task Conversations_closed_before_a_date_are_erased_and_others_stay()
    {
        await Serve.ProjectAsync("conversation.closed", ShopId);
        await Serve.ProjectAsync("conversation.closed", $"{ShopId}-other");

        // The samples are from 2025-06-11, so this date finds no conversation. But the queue file keeps completed events for
        // half a minute. Those of other tests, whose customers were erased, are found until then.
        string[] earlier = ["erase", "--shop", ShopId, "--closed-before", "2025-06-11", "--dry-run"];
        await TestTimeout.UntilAsync(async _ => (await Serve.FailAsync(earlier)).ExitCode != 0);
        (await Serve.FailAsync(earlier)).AssertError("Nothing to erase was found");
        var receipt = await EraseAsync(["--closed-before", "2025-06-12"], "--yes");

        Assert.Equal("conversations closed before 2025-06-12", (string?)receipt["request"]);
        Assert.Equal([1, 1], Counts(receipt)[..2]);
        Assert.Empty(await RowsAsync("timeline_"));
        Assert.Single(await RowsAsync("timeline_", $"{ShopId}-other"));
    }

    [AzuriteFact]
    public async Task An_event_that_is_delivered_after_a_customer_was_erased_without_a_trace_is_erased_too()
    {
        await Serve.FailAsync("erase", "--shop", ShopId, "--customer", CustomerId, "--yes");

        await Serve.PostAsync(PayloadFiles.InShop(Event, ShopId));
        await Serve.WaitUntilQueuesAreEmptyAsync();

        Assert.Empty(await RowsAsync("timeline_"));
    }

    [AzuriteFact]
    public async Task A_row_of_a_newer_version_ends_it_with_a_sentence_and_nothing_is_erased()
    {
        await Serve.ProjectAsync(Event, ShopId);
        var row = (await RowsAsync("conversation_")).Single();
        await SetSchemaVersionAsync(row, 99);

        var result = await Serve.FailAsync(
            "erase", "--shop", ShopId, "--conversation", PayloadFiles.ConversationId, "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("nother version of BelcoFunctions wrote", result.Error, StringComparison.Ordinal);
        Assert.Contains("If that version is newer, upgrade this one.", result.Error, StringComparison.Ordinal);
        Assert.Single(await RowsAsync("timeline_"));
        // Other tests use the same queue file and add events of this shop.
        await SetSchemaVersionAsync(row, row.GetInt32("SchemaVersion")!.Value);
    }

    /// <summary>How many events of the queue file an erasure counts before this test has sent any.</summary>
    private async Task<int> CountQueuedEventsAsync()
    {
        var result = await Serve.FailAsync(
            "erase", "--shop", ShopId, "--customer", CustomerId, "--dry-run", "--format", "json");
        // An error says that there is nothing to erase.
        return result.ExitCode == 0 ? (int)JsonNode.Parse(result.Output)!["queuedEvents"]! : 0;
    }

    private async Task<string[]> LinksAsync()
    {
        var page = await Serve.GetAsync("/live");
        string[] shops = [ShopId, $"{ShopId}-other"];
        return [.. shops.Where(shop => page.Contains($"shop={shop}&", StringComparison.Ordinal))];
    }

    private Task SetSchemaVersionAsync(TableEntity row, int version) => Serve.Storage.Conversations.Client.UpdateEntityAsync(
        new TableEntity(row.PartitionKey, row.RowKey) { ["SchemaVersion"] = version }, Azure.ETag.All);

    private static int[] Counts(JsonNode receipt) =>
    [
        .. ((string[])["conversations", "timelineRows", "unprojectedEvents", "blobs", "deadLetters", "remaining"])
            .Select(name => (int)receipt[name]!),
    ];

    /// <summary>Posts an event that is too large for a queue, and returns the name of its blob.</summary>
    private async Task<string> ProjectLargeAsync()
    {
        var e = JsonNode.Parse(PayloadFiles.InShop(Event, ShopId))!;
        e["payload"]!["conversation_item"]!["body"] = new string('x', 200_000);
        var body = e.ToUtf8();
        await Serve.PostAsync(body);
        await Serve.WaitForConversationAsync(ShopId, events: 1);
        return Convert.ToHexString(SHA256.HashData(body));
    }

    private async Task EnqueueDeadLetterAsync()
    {
        var e = JsonNode.Parse(PayloadFiles.InShop(Event, ShopId))!.AsObject();
        e.Remove("eventName");
        Serve.Enqueue(Queued(e.ToUtf8()));
        await Serve.WaitForDeadLetterAsync();
    }

    private QueuedEvent Queued(byte[] body) => new()
    {
        Queue = QueueNames.ConversationReplied,
        EventName = Event,
        RequestId = ShopId,
        ReceivedAt = DateTimeOffset.UtcNow,
        Body = body,
    };
}
