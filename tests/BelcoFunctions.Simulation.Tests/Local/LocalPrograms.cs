using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Cli.Serve.Live;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Cli.Serve.Repair;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Simulation.Tests.Scenarios;
using BelcoFunctions.Simulation.Tests.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;

namespace BelcoFunctions.Simulation.Tests.Local;

/// <summary>The processes that use the queue file: <c>belco serve</c>, and the commands beside it.</summary>
internal static class LocalPrograms
{
    private static readonly TimeSpan HalfAMinute = TimeSpan.FromSeconds(30);

    /// <summary>Receives webhooks and projects them, until nothing happens any more.</summary>
    /// <param name="queues">The queues that have events.</param>
    /// <param name="events">What Belco sends, again and again until it has an answer.</param>
    public static WriterProgram Serve(IReadOnlyList<string> queues, params IReadOnlyList<SimulatedEvent> events) =>
        new("serve", life => ServeAsync(life, queues, events, (_, _) => life.UntilTheEndAsync()));

    /// <summary>Serve, while somebody redrives all dead letters in the viewer.</summary>
    public static WriterProgram ServeAndRedrive(IReadOnlyList<string> queues, params IReadOnlyList<SimulatedEvent> events) =>
        new("serve", life => ServeAsync(life, queues, events, async (queue, runs) =>
        {
            var (run, letters) = (new Guid(1, 0, 0, new byte[8]), new LocalDeadLetters(
                queue, new PayloadReader(life.Blobs), runs, NullLogger<LocalDeadLetters>.Instance));
            await letters.RedriveAsync(run, new());
            await life.UntilTheEndAsync();
            if (letters.Find(run) is not { IsDone: true }) life.Run.Fail("The viewer does not say what came of a dead letter.");
        }));

    /// <summary>Serve without webhooks, until the file is cleaned.</summary>
    public static WriterProgram ServeUntilClean(IReadOnlyList<string> queues) =>
        new("serve", life => ServeAsync(life, queues, [], async (queue, _) =>
        {
            await life.UntilTheEndAsync();
            await life.PauseAsync(HalfAMinute);
            await queue.CleanAsync();
        }));

    /// <summary><c>belco erase</c></summary>
    public static WriterProgram Erase(ErasureRequest request) => new($"belco {Programs.Erase(request).Name}", async life =>
    {
        await Programs.Erase(request).Run(life);
        await EraseFileAsync(life);
    });

    /// <summary>What follows each erasure.</summary>
    public static WriterProgram EraseFile { get; } = new("erase the queue file", EraseFileAsync);

    /// <summary><c>belco redrive</c></summary>
    public static WriterProgram Redrive(string name) => new(name, async life =>
    {
        var connection = life.Opened(QueueDatabase.Open(life.Run.File!.Folder, create: false));
        await life.Queue.ChangeAsync(() => DeadLetterRows.Redrive(connection, new()));
        if (DeadLetterRows.Find(connection, new()) is [var left, ..]) life.Run.Fail($"{left.RequestId} was not redriven.");
    });

    private static async Task EraseFileAsync(WriterLife life)
    {
        var erased = new ErasureLookup(life.Conversations) { Remembers = true };
        var connection = life.Opened(QueueDatabase.Open(life.Run.File!.Folder, create: false));
        var conversations = new StrayConversations(life.Conversations, life.Payloads, life.Time);
        await new QueueEraser(connection, life.Blobs, erased, conversations, life.Queue).EraseAsync(life.Stopping);
    }

    private static async Task ServeAsync(WriterLife life, IReadOnlyList<string> queues, IReadOnlyList<SimulatedEvent> events,
        Func<SqliteQueue, RedriveRuns, Task> thenAsync)
    {
        var file = life.Run.File!;
        var queue = life.Opened(SqliteQueue.Open(file.Folder, life.Time, life.Queue));
        var payloads = new LocalPayloadStore(life.Blobs, queue);
        var runs = new RedriveRuns(life.Time);
        using var pumps = new QueuePumps(
            queue, life.Processor(new PayloadReader(payloads)), new WebhookLog(new MinuteHistory(life.Time), life.Time), runs,
            life.Queue, life.Time, new StrictLog<QueuePumps>(life));
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(life.Stopping);
        var pumping = queues.Select(name => pumps.PumpAsync(name, stopping.Token)).ToList();
        try
        {
            foreach (var e in events.Where(e => !file.Acknowledged.Contains(e.Words)))
            {
                file.Sent[e.Words] = file.Sent.GetValueOrDefault(e.Words) + 1;
                if (e.IsLarge) await payloads.PutAsync(e.Body, life.Stopping);
                await queue.EnqueueAsync(e.Queued, life.Stopping);
                file.Acknowledged.Add(e.Words);
            }

            await thenAsync(queue, runs);
        }
        finally
        {
            stopping.Cancel();
            await Task.WhenAll(pumping);
        }
    }
}
