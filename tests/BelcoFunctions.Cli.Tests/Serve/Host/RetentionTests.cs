using Azure.Data.Tables;
using BelcoFunctions.Cli.Tests.Serve.Queue;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

public sealed class RetentionTests
{
    private const string Setting = "Retention__ClosedConversationDays";

    [AzuriteFact]
    public async Task Serve_erases_at_start_conversations_closed_for_longer_than_the_setting()
    {
        using var data = new TemporaryFolder();
        await using (await ServeProcess.StartAsync(["--port", "0", "--data", data.Path]))
        {
            await ProjectAsync(data.Path);
        }

        await using (await ServeProcess.StartAsync(["--port", "0", "--data", data.Path], (Setting, "30")))
        {
            await WaitUntilErasedAsync(data.Path);
        }
    }

    [AzuriteFact]
    public async Task Serve_searches_the_queue_file_at_start_because_an_earlier_one_may_have_been_killed_before_it_did()
    {
        using var data = new TemporaryFolder();
        await using (await ServeProcess.StartAsync(["--port", "0", "--data", data.Path]))
        {
            await ProjectAsync(data.Path);
            EnqueueBroken(data.Path);
            await WaitForDeadLettersAsync(data.Path, count: 1);
            // Erase only the rows. Retention does this before it searches the file.
            var erasure = await BelcoProgram.RunAsync(["erase", "--shop", PayloadFiles.ShopId, "--conversation",
                PayloadFiles.ConversationId, "--yes", "--storage", ServeFile.Read(data.Path).Storage!]);
            Assert.True(erasure.ExitCode == 0, erasure.Error);
            await WaitForDeadLettersAsync(data.Path, count: 1);
        }

        await using (await ServeProcess.StartAsync(["--port", "0", "--data", data.Path]))
        {
            await WaitForDeadLettersAsync(data.Path, count: 0);
        }
    }

    [Fact]
    public async Task An_error_in_the_setting_is_reported_with_the_others()
    {
        var result = await BelcoProgram.RunAsync(["serve"], null, (Setting, "7"), ("Webhook__Secret", "short"));
        result.AssertError($"{Setting} is not a whole number from 30 to 36500; set it to a number of days");
        result.AssertError("Webhook__Secret has 5 characters");
    }

    private static async Task ProjectAsync(string data)
    {
        using var http = new HttpClient { BaseAddress = ServeFile.Read(data).Address };
        using var response = await http.PostWebhookAsync(PayloadFiles.Read("conversation.closed"));
        response.EnsureSuccessStatusCode();
        await http.WaitForConversationAsync(PayloadFiles.ShopId, events: 1);
    }

    private static void EnqueueBroken(string data)
    {
        var e = JsonNode.Parse(PayloadFiles.Read("conversation.closed"))!.AsObject();
        e.Remove("eventName");
        QueueFile.Enqueue(data, new QueuedEvent
        {
            Queue = QueueNames.ConversationClosed,
            EventName = "conversation.closed",
            RequestId = "broken",
            ReceivedAt = DateTimeOffset.UtcNow,
            Body = e.ToUtf8(),
        });
    }

    private static async Task WaitForDeadLettersAsync(string data, int count)
    {
        using var queues = QueueDatabase.Open(data, create: false);
        await TestTimeout.UntilAsync(() => DeadLetterRows.List(queues).Count == count);
    }

    private static async Task WaitUntilErasedAsync(string data)
    {
        var table = PipelineStorage.FromConnectionString(ServeFile.Read(data).Storage!).Conversations.Client;
        await TestTimeout.UntilAsync(async cancellationToken => !await table
            .QueryAsync<TableEntity>(row => row.RowKey.CompareTo("timeline_") > 0, cancellationToken: cancellationToken)
            .AnyAsync(cancellationToken));

        Assert.Single(await table.QueryAsync<TableEntity>(row => row.PartitionKey == PayloadFiles.ShopId)
            .Where(row => row.RowKey.StartsWith("conversation_", StringComparison.Ordinal))
            .Where(row => row.GetDateTimeOffset("ErasedThrough") is not null)
            .ToListAsync());
    }
}
