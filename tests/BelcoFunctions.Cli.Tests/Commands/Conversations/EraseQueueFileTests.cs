using BelcoFunctions.Cli.Commands.Conversations;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Tests.Commands.Server;
using BelcoFunctions.Cli.Tests.Serve.Queue;
using BelcoFunctions.Pipeline.Erasing;
using Spectre.Console.Testing;

namespace BelcoFunctions.Cli.Tests.Commands.Conversations;

/// <summary>How <c>belco erase</c> treats the queue file, also while another process uses it.</summary>
[Collection(ErasingServe.Name)]
public sealed class EraseQueueFileTests(RunningServe serve) : EraseTests(serve), IDisposable
{
    private readonly TemporaryFolder other = new();

    public void Dispose() => other.Dispose();

    [AzuriteFact]
    public async Task While_the_queue_file_is_busy_the_receipt_says_what_was_erased_and_what_was_not()
    {
        await Serve.ProjectAsync(Event, ShopId);
        await Serve.WaitUntilQueuesAreEmptyAsync();

        ProgramResult result;
        using (var queues = QueueDatabase.Open(Serve.DataFolder, create: false))
        {
            queues.Execute("BEGIN IMMEDIATE");
            result = await Serve.FailAsync(
                "erase", "--shop", ShopId, "--customer", CustomerId, "--yes", "--format", "json");
        }

        result.AssertError(
            "The queue file may still have some of the events: another program keeps it busy. "
            + "Run belco erase again, with --yes.");
        var receipt = JsonNode.Parse(result.Output)!;
        Assert.Equal((1, false, true),
            ((int)receipt["timelineRows"]!, (bool)receipt["queueFileDone"]!, (bool)receipt["saved"]!));
        Assert.Empty(await RowsAsync("timeline_"));
    }

    [AzuriteFact]
    public async Task A_dry_run_counts_in_the_queue_file_of_an_older_belco_and_changes_nothing_in_it()
    {
        QueueDatabase.Open(other.Path, create: true).Dispose();
        QueueFile.Enqueue(other.Path, Queued(PayloadFiles.InShop(Event, ShopId)));
        using (var queues = QueueDatabase.Open(other.Path, create: false)) queues.Execute("PRAGMA user_version = 1");
        await Serve.ProjectAsync(Event, ShopId);
        var before = await File.ReadAllBytesAsync(other[QueueDatabase.FileName]);

        var result = await BelcoProgram.RunAsync(["erase", "--shop", ShopId, "--customer", CustomerId, "--dry-run",
            "--format", "json", "--storage", Serve.ConnectionString, "--data", other.Path]);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(1, (int)JsonNode.Parse(result.Output)!["queuedEvents"]!);
        Assert.Equal(before, await File.ReadAllBytesAsync(other[QueueDatabase.FileName]));
    }

    // A serve may be projecting a large event and may have stored its blob again. If it is killed, the event is due as soon
    // as another serve starts.
    [AzuriteTheory]
    [InlineData(true, 2)]
    [InlineData(true, 0)]
    [InlineData(false, 2)]
    [InlineData(false, 0)]
    public async Task A_large_event_that_waits_is_erased_only_if_no_serve_can_hold_it(bool isServed, int minutesUntilDue)
    {
        QueueDatabase.Open(other.Path, create: true).Dispose();
        var body = PayloadFiles.InShop(Event, ShopId);
        var blob = await new BlobPayloadStore(Serve.Storage.Payloads).PutAsync(body, CancellationToken.None);
        QueueFile.Enqueue(other.Path, Queued([]) with { PayloadBlob = blob },
            due: minutesUntilDue == 0 ? default : DateTimeOffset.UtcNow.AddMinutes(minutesUntilDue));
        using var queues = QueueDatabase.Open(other.Path, create: false);
        using var folder = isServed ? DataFolder.Open(other.Path) : null;
        using var console = new TestConsole();
        var now = DateTimeOffset.UtcNow;

        await Run(console, queues, _ => Task.FromResult(true), () => DataFolder.TryOpen(other.Path)).RunAsync(
            new ErasureRequest.OfCustomer(ShopId, CustomerId, now), now, ShopId,
            new ErasureChoices(DryRun: false, Yes: true, ListOutput.Format.Json), CancellationToken.None);

        Assert.Equal(isServed ? 1 : 0, queues.QuerySingle("SELECT COUNT(*) FROM messages", row => row.GetInt32(0)));
        Assert.Equal(isServed, DataFolder.IsLocked(other.Path));
    }

    [AzuriteFact]
    public async Task An_event_that_only_serve_can_erase_is_found_nevertheless()
    {
        QueueDatabase.Open(other.Path, create: true).Dispose();
        var payload = $$$"""{"shopId":"{{{ShopId}}}","id":"{{{CustomerId}}}"}""";
        QueueFile.Enqueue(other.Path, Queued(Encoding.UTF8.GetBytes(
            $$$"""{"requestId":"r","eventName":"contact.updated","payload":{{{payload}}}}""")));
        using var queues = QueueDatabase.Open(other.Path, create: false);
        using var served = DataFolder.Open(other.Path);
        using var console = new TestConsole();
        var now = DateTimeOffset.UtcNow;

        // If nothing was found, it throws.
        Assert.Equal(0, await Run(console, queues, _ => Task.FromResult(true), () => DataFolder.TryOpen(other.Path)).RunAsync(
            new ErasureRequest.OfCustomer(ShopId, CustomerId, now), now, ShopId,
            new ErasureChoices(DryRun: false, Yes: true, ListOutput.Format.Json), CancellationToken.None));

        Assert.Equal(1, queues.QuerySingle("SELECT COUNT(*) FROM messages", row => row.GetInt32(0)));
    }

    [AzuriteFact]
    public async Task No_serve_starts_with_the_queue_file_while_it_is_erased_from()
    {
        QueueDatabase.Open(other.Path, create: true).Dispose();
        QueueFile.Enqueue(other.Path, Queued(PayloadFiles.InShop(Event, ShopId)));
        using var queues = QueueDatabase.Open(other.Path, create: false);
        List<bool> locked = [];
        queues.CreateFunction("look", () =>
        {
            locked.Add(DataFolder.IsLocked(other.Path));
            return 0;
        });
        queues.Execute("CREATE TEMP TRIGGER watch BEFORE DELETE ON messages BEGIN SELECT look(); END");
        using var console = new TestConsole();
        var now = DateTimeOffset.UtcNow;

        await Run(console, queues, _ => Task.FromResult(true), () => DataFolder.TryOpen(other.Path)).RunAsync(
            new ErasureRequest.OfCustomer(ShopId, CustomerId, now), now, ShopId,
            new ErasureChoices(DryRun: false, Yes: true, ListOutput.Format.Json), CancellationToken.None);

        Assert.Equal([true], locked);
        Assert.False(DataFolder.IsLocked(other.Path));
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
