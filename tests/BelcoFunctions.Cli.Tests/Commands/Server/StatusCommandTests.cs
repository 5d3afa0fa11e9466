using BelcoFunctions.Testing.Storage;

namespace BelcoFunctions.Cli.Tests.Commands.Server;

public sealed class StatusCommandTests(RunningServe serve) : IClassFixture<RunningServe>
{
    [AzuriteFact]
    public async Task Every_queue_and_every_counter_is_shown()
    {
        await serve.ProjectAsync("conversation.closed", "status");

        var status = JsonNode.Parse(await serve.RunAsync("status", "--format", "json"))!;
        Assert.Equal(QueueNames.All, status["queues"]!.AsArray().Select(queue => (string)queue!["queue"]!));
        Assert.All(status["queues"]!.AsArray(), queue => Assert.Equal(0, (int)queue!["deadLetters"]!));
        var counted = status["counters"]!.AsArray().Single(counter => (string)counter!["counter"]! == "belco.webhooks");
        Assert.Equal(1, (int)counted!["count"]!);

        var table = await serve.RunAsync("status", "--verbose");
        Assert.All(QueueNames.All, name => Assert.Contains(name, table, StringComparison.Ordinal));
        Assert.Contains("belco.webhooks", table, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task People_get_sentences_without_counters()
    {
        await serve.WaitUntilQueuesAreEmptyAsync();
        var later = new QueuedEvent
        {
            Queue = QueueNames.ConversationReplied,
            EventName = "conversation.replied",
            RequestId = "later",
            ItemId = "later",
            ReceivedAt = DateTimeOffset.UtcNow,
            Body = "{}"u8.ToArray(),
        };
        serve.Enqueue(later, due: DateTimeOffset.UtcNow.AddHours(1));

        var status = await serve.RunAsync("status");

        Assert.StartsWith($"belco serve runs at {serve.Address}.\n1 event waits in its queues. It was received ", status,
            StringComparison.Ordinal);
        Assert.Contains(" ago.\nThere are no dead letters.\n", status, StringComparison.Ordinal);
        Assert.DoesNotContain("belco.webhooks", status, StringComparison.Ordinal);
        Assert.DoesNotContain("conversation-", status, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task The_archive_of_each_shop_says_how_complete_it_is_and_what_is_missing()
    {
        const string Shop = "it's\u202E new";
        var run = new DateTimeOffset(2026, 3, 10, 1, 0, 0, TimeSpan.Zero);
        await serve.ProjectAsync("conversation.closed", Shop);
        Assert.Contains("To make the archive complete: belco import --shop 'it'\\''s\uFFFD new'", await serve.RunAsync("status"),
            StringComparison.Ordinal);
        Assert.Equal("never imported", (string)(await ArchiveAsync(Shop))["archive"]!);

        await serve.Storage.StoreMarkAsync(new(Shop, "run-1", run) { CompleteAsOf = run });
        Assert.Equal(
            ("complete", "2026-03-10T01:00:00.000Z", "run-1"),
            ((string)(await ArchiveAsync(Shop))["archive"]!, (string)(await ArchiveAsync(Shop))["completeAsOf"]!,
                (string)(await ArchiveAsync(Shop))["run"]!));

        await serve.Storage.StoreMarkAsync(new(Shop, "run-2", run.AddDays(1))
        {
            Since = run,
            MissingItems = 70,
            Missing = [new("c\u001b[31m", "item-1", "it has no createdAt."), new("d", null, "it has no id.")],
        });
        var shop = await ArchiveAsync(Shop);
        Assert.Equal(("not complete", "2026-03-10T01:00:00.000Z"), ((string)shop["archive"]!, (string)shop["completeAsOf"]!));
        Assert.Equal("it has no id.", (string)shop["missing"]![1]!["reason"]!);
        var table = await serve.RunAsync("status");
        Assert.Matches(@"c\uFFFD\[31m +│ item-1 +│ it has no createdAt\.", table);
        Assert.Contains("because of --since, the last import left out conversations that began before 2026-03-10 01:00:00 UTC",
            table, StringComparison.Ordinal);
        Assert.Contains("only the first 2 missing items are listed.", table, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', table);
    }

    [AzuriteFact]
    public async Task With_only_a_storage_account_the_queues_are_left_out()
    {
        await serve.ProjectAsync("conversation.closed", "alone");

        var shown = await BelcoProgram.RunAsync(["status", "--storage", serve.ConnectionString, "--format", "json"]);

        Assert.Equal(0, shown.ExitCode);
        var status = JsonNode.Parse(shown.Output)!;
        Assert.Null(status["queues"]);
        Assert.Contains(status["shops"]!.AsArray(), shop => (string)shop!["shopId"]! == "alone");
    }

    [Theory]
    [InlineData("No belco serve runs with the data folder", "status")]
    [InlineData("No belco serve runs with the data folder", "unprojected")]
    [InlineData("No belco serve runs with the data folder", "replay")]
    [InlineData("No belco serve runs with the data folder", "rebuild", "--all")]
    [InlineData("No belco serve runs with the data folder", "erase", "--shop", "s", "--customer", "c", "--yes")]
    [InlineData("has no queues", "dead-letters")]
    [InlineData("has no queues", "redrive")]
    public async Task A_command_says_that_no_serve_runs(string sentence, params string[] arguments)
    {
        using var nothing = new TemporaryFolder();
        (await BelcoProgram.RunAsync([.. arguments, "--data", nothing.Path])).AssertError(sentence);
        (await BelcoProgram.RunAsync([.. arguments, "--data", nothing["missing"]])).AssertError(sentence);
    }

    private async Task<JsonNode> ArchiveAsync(string shopId) =>
        JsonNode.Parse(await serve.RunAsync("status", "--format", "json"))!["shops"]!.AsArray()
            .Single(shop => (string)shop!["shopId"]! == shopId)!;
}
