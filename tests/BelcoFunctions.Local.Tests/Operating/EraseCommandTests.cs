using System.Security.Cryptography;
using Azure.Data.Tables;
using BelcoFunctions.Local.Commands;
using BelcoFunctions.Local.Erasing;
using BelcoFunctions.Local.Rendering;
using BelcoFunctions.Pipeline.Maintenance;
using Spectre.Console.Testing;

namespace BelcoFunctions.Local.Tests.Operating;

public sealed class EraseCommandTests(RunningServe serve) : IClassFixture<RunningServe>
{
    private const string CustomerId = "YX6HM6Sfbt4GvbvZb";
    private const string Event = "conversation.replied";

    // Tests share the serve.
    private readonly string shopId = $"erase-{Guid.NewGuid():N}";

    private string? asked;

    [AzuriteFact]
    public async Task A_customer_is_erased_from_rows_blobs_and_the_queue_file_while_serve_runs()
    {
        var blob = await ProjectLargeAsync();
        await EnqueueDeadLetterAsync();
        // Completed events are soon removed.
        serve.Enqueue(Queued(PayloadFiles.InShop(Event, shopId)), due: DateTimeOffset.UtcNow.AddDays(1));

        var counted = await EraseAsync("--dry-run");
        Assert.True((bool)counted["dryRun"]!);
        Assert.Equal([1, 1, 0, 1, 1, 0], Counts(counted));
        Assert.InRange((int)counted["queuedEvents"]!, 1, 3);
        Assert.NotEmpty(await RowsAsync("timeline_"));
        Assert.True(await serve.Storage.Payloads.GetBlobClient(blob).ExistsAsync());

        var receipt = await EraseAsync("--yes");

        Assert.Equal(("customer", shopId, false),
            ((string?)receipt["request"], (string?)receipt["shop"], (bool)receipt["dryRun"]!));
        Assert.Equal([1, 1, 0, 1, 1, 0], Counts(receipt));
        Assert.InRange((int)receipt["queuedEvents"]!, 1, 3);
        Assert.DoesNotContain(CustomerId, receipt.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(PayloadFiles.ConversationId, receipt.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(await RowsAsync("timeline_"));
        Assert.Empty(await RowsAsync("recent_"));
        Assert.False(await serve.Storage.Payloads.GetBlobClient(blob).ExistsAsync());
        Assert.False(serve.QueueFileHas(shopId));
    }

    [AzuriteFact]
    public async Task What_was_received_before_goes_although_it_is_dated_later_and_the_receipt_says_so()
    {
        await serve.PostAsync(At(PayloadFiles.InShop(Event, shopId), DateTimeOffset.UtcNow.AddSeconds(90)));
        await serve.WaitForConversationAsync(shopId, events: 1);

        var receipt = await EraseAsync(["--conversation", PayloadFiles.ConversationId], "--yes");

        Assert.Equal((1, 1, 0, 1), ((int)receipt["conversations"]!, (int)receipt["timelineRows"]!, (int)receipt["kept"]!,
            (int)receipt["reachingFurther"]!));
        Assert.Empty(await RowsAsync("timeline_"));

        static byte[] At(byte[] body, DateTimeOffset time)
        {
            var e = JsonNode.Parse(body)!;
            e["payload"]!["conversation_item"]!["createdAt"] = time.ToString("O");
            return e.ToUtf8();
        }
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(60, null)]
    [InlineData(-60, null)]
    [InlineData(150, "2 minutes ahead of the storage account's")]
    [InlineData(-61, "1 minute behind the storage account's")]
    public void A_clock_that_is_over_a_minute_off_is_told(int secondsAhead, string? note)
    {
        var storage = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var told = EraseCommand.ClockNote(storage, storage.AddSeconds(secondsAhead));
        if (note is null) Assert.Null(told);
        else Assert.Contains(note, told, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Live_does_not_lead_to_a_conversation_that_was_erased()
    {
        await serve.ProjectAsync(Event, shopId);
        await serve.ProjectAsync(Event, $"{shopId}-other");
        await TestTimeout.UntilAsync(async _ => (await LinksAsync()).Length == 2);

        await EraseAsync("--yes");

        Assert.Equal([$"{shopId}-other"], await LinksAsync());

        async Task<string[]> LinksAsync()
        {
            var page = await serve.GetAsync("/live");
            string[] shops = [shopId, $"{shopId}-other"];
            return [.. shops.Where(shop => page.Contains($"shop={shop}&", StringComparison.Ordinal))];
        }
    }

    [AzuriteFact]
    public async Task A_receipt_says_that_the_Azurite_of_serve_has_saved_it_and_that_another_was_not_seen_to()
    {
        await serve.ProjectAsync(Event, shopId);
        await serve.ProjectAsync(Event, $"{shopId}-other");

        Assert.True((bool)(await EraseAsync("--yes"))["saved"]!);
        var receipt = await serve.RunAsync("erase", "--shop", $"{shopId}-other", "--customer", CustomerId, "--yes",
            "--storage", serve.ConnectionString);

        Assert.Contains("saved by Azurite", receipt, StringComparison.Ordinal);
        Assert.Contains("not seen.", receipt, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task A_receipt_is_a_table_without_ids_of_people()
    {
        await serve.ProjectAsync(Event, shopId);

        var table = await serve.RunAsync(
            "erase", "--shop", shopId, "--conversation", PayloadFiles.ConversationId, "--yes");

        Assert.All(["request", "conversation", shopId, "timeline rows erased", "erased at", "UTC"],
            word => Assert.Contains(word, table, StringComparison.Ordinal));
        Assert.DoesNotContain(PayloadFiles.ConversationId, table, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync("timeline_"));
    }

    [AzuriteFact]
    public async Task Conversations_closed_before_a_date_are_erased_and_others_are_kept()
    {
        await serve.ProjectAsync("conversation.closed", shopId);
        await serve.ProjectAsync("conversation.closed", $"{shopId}-other");

        // The samples are of 2025-06-11.
        (await serve.FailAsync("erase", "--shop", shopId, "--closed-before", "2025-06-11", "--dry-run"))
            .AssertMistake("Nothing to erase was found");
        var receipt = await EraseAsync(["--closed-before", "2025-06-12"], "--yes");

        Assert.Equal("conversations closed before 2025-06-12", (string?)receipt["request"]);
        Assert.Equal([1, 1], Counts(receipt)[..2]);
        Assert.Empty(await RowsAsync("timeline_"));
        Assert.Single(await RowsAsync("timeline_", $"{shopId}-other"));
    }

    [AzuriteFact]
    public async Task Without_a_terminal_the_operator_must_say_yes()
    {
        await serve.ProjectAsync(Event, shopId);

        var result = await serve.FailAsync("erase", "--shop", shopId, "--customer", CustomerId);

        result.AssertMistake("Add --yes to erase, or --dry-run to count only.");
        Assert.Single(await RowsAsync("timeline_"));
    }

    [AzuriteFact]
    public async Task An_answer_other_than_yes_erases_nothing()
    {
        await serve.ProjectAsync(Event, shopId);

        var declined = await Assert.ThrowsAsync<LocalHostException>(() => RunAsync(answer: false));

        Assert.Equal("Nothing was erased.", declined.Message);
        Assert.Equal("1 conversation and 1 timeline row would be erased for good. Erase?", asked);
        Assert.Single(await RowsAsync("timeline_"));
        Assert.Null((await RowsAsync("conversation_")).Single().GetDateTimeOffset("ErasedThrough"));
    }

    [AzuriteFact]
    public async Task After_the_answer_yes_it_erases()
    {
        await serve.ProjectAsync(Event, shopId);

        Assert.Equal(0, await RunAsync(answer: true));

        Assert.Empty(await RowsAsync("timeline_"));
    }

    [AzuriteTheory]
    [InlineData("--dry-run")]
    [InlineData("--yes")]
    public async Task Where_nothing_is_found_it_says_so(string choice)
    {
        var result = await serve.FailAsync("erase", "--shop", shopId, "--customer", CustomerId, choice);
        result.AssertMistake($"Nothing to erase was found in the shop {shopId}.");
        Assert.Equal("", result.Output);
    }

    [AzuriteFact]
    public async Task An_event_that_is_delivered_after_a_customer_was_erased_without_a_trace_is_erased_too()
    {
        await serve.FailAsync("erase", "--shop", shopId, "--customer", CustomerId, "--yes");

        await serve.PostAsync(PayloadFiles.InShop(Event, shopId));
        await serve.WaitUntilQueuesAreEmptyAsync();

        Assert.Empty(await RowsAsync("timeline_"));
    }

    [AzuriteFact]
    public async Task A_row_of_a_newer_version_ends_it_with_a_sentence_and_nothing_is_erased()
    {
        await serve.ProjectAsync(Event, shopId);
        var row = (await RowsAsync("conversation_")).Single();
        await SetSchemaVersionAsync(row, 99);

        var result = await serve.FailAsync(
            "erase", "--shop", shopId, "--conversation", PayloadFiles.ConversationId, "--yes");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(
            "Another version of BelcoFunctions wrote a row. If it is a newer one, upgrade this one.", result.Error,
            StringComparison.Ordinal);
        Assert.Single(await RowsAsync("timeline_"));
        // Other tests have the same queue file, whose events are of this shop too.
        await SetSchemaVersionAsync(row, row.GetInt32("SchemaVersion")!.Value);
    }

    [AzuriteTheory]
    [InlineData("Give one of --customer <id>, --conversation <id> and --closed-before <yyyy-MM-dd>.")]
    [InlineData("Give one of --customer <id>", "--customer", "c", "--conversation", "x")]
    [InlineData("Give one of --customer <id>", "--customer", "c", "--closed-before", "2025-01-01")]
    [InlineData("--customer is empty. Give an id.", "--customer", "")]
    [InlineData("--conversation is empty. Give an id.", "--conversation", " ")]
    [InlineData("--closed-before must be a date, like 20", "--closed-before", "yesterday")]
    [InlineData("--closed-before must be a date, like 20", "--closed-before", "2025-02-30")]
    [InlineData("--closed-before is in the future.", "--closed-before", "2999-01-01")]
    public async Task A_mistake_is_an_error(string sentence, params string[] options) =>
        (await serve.FailAsync(["erase", "--shop", shopId, .. options])).AssertMistake(sentence);

    [AzuriteFact]
    public async Task A_date_less_than_30_days_ago_is_an_error() => (await serve.FailAsync(
        "erase", "--shop", shopId, "--closed-before", $"{DateTime.UtcNow.AddDays(-20):yyyy-MM-dd}"))
        .AssertMistake("--closed-before is less than 30 days ago.");

    private Task SetSchemaVersionAsync(TableEntity row, int version) => serve.Storage.Conversations.UpdateEntityAsync(
        new TableEntity(row.PartitionKey, row.RowKey) { ["SchemaVersion"] = version }, Azure.ETag.All);

    private async Task<int> RunAsync(bool answer)
    {
        using var console = new TestConsole();
        var (blobs, table) = (new BlobPayloadStore(serve.Storage.Payloads), new ConversationTable(serve.Storage.Conversations));
        var payloads = new PayloadReader(blobs);
        var eraser = new Eraser(serve.Storage, table, payloads, TimeProvider.System);
        var strayConversations = new StrayConversations(table, payloads, TimeProvider.System);
        var now = DateTimeOffset.UtcNow;
        return await new ErasureRun(eraser, table, strayConversations, queues: null, blobs, console, Confirm).RunAsync(
            new ErasureRequest.OfCustomer(shopId, CustomerId, now), now, shopId,
            new ErasureChoices(DryRun: false, Yes: false, ListOutput.Format.Table), CancellationToken.None);

        Task<bool> Confirm(string question)
        {
            asked = question;
            return Task.FromResult(answer);
        }
    }

    private Task<JsonNode> EraseAsync(params string[] choices) => EraseAsync(["--customer", CustomerId], choices);

    private async Task<JsonNode> EraseAsync(string[] request, params string[] choices) => JsonNode.Parse(
        await serve.RunAsync(["erase", "--shop", shopId, .. request, .. choices, "--output", "json"]))!;

    private static int[] Counts(JsonNode receipt) =>
    [
        .. ((string[])["conversations", "timelineRows", "unprojectedEvents", "blobs", "deadLetters", "left"])
            .Select(name => (int)receipt[name]!),
    ];

    private async Task<List<TableEntity>> RowsAsync(string prefix, string? shop = null)
    {
        var rows = serve.Storage.Conversations.QueryAsync<TableEntity>($"PartitionKey eq '{shop ?? shopId}'");
        return await rows.Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal)).ToListAsync();
    }

    /// <summary>Posts an event that is too large for a queue, and returns the name of its blob.</summary>
    private async Task<string> ProjectLargeAsync()
    {
        var e = JsonNode.Parse(PayloadFiles.InShop(Event, shopId))!;
        e["payload"]!["conversation_item"]!["body"] = new string('x', 200_000);
        var body = e.ToUtf8();
        await serve.PostAsync(body);
        await serve.WaitForConversationAsync(shopId, events: 1);
        return Convert.ToHexString(SHA256.HashData(body));
    }

    private async Task EnqueueDeadLetterAsync()
    {
        var e = JsonNode.Parse(PayloadFiles.InShop(Event, shopId))!.AsObject();
        e.Remove("eventName");
        serve.Enqueue(Queued(e.ToUtf8()));
        await serve.WaitForDeadLetterAsync();
    }

    private static QueuedEvent Queued(byte[] body) => new()
    {
        Queue = QueueNames.ConversationReplied,
        EventName = Event,
        RequestId = "request",
        ReceivedAt = DateTimeOffset.UtcNow,
        Body = body,
    };
}
