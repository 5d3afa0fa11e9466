using BelcoFunctions.Cli.Serve.Queue;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Benchmarks.Queueing;

/// <summary>Adds events to the local queue from 32 callers that each wait for the disk, compared with a loop over one
/// prepared statement with 32 rows per commit.</summary>
internal sealed class EnqueueBenchmark : IBenchmark
{
    private const int Events = 20_000;
    private const int Callers = 32;
    private const string PerSecond = "events/s";
    private const string Processor = "processor µs an event";

    public string Name => "enqueue";

    public string Summary => "durable commits of the local queue";

    public async Task<IReadOnlyList<Comparison>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        session.Show("making events");
        QueuedEvent[] events = [.. Conversations.TenAtATime.Batches(session.Size(Events)).SelectMany(batch => batch)];
        var readings = await session.InterleaveAsync(cancellationToken,
            new Side("SQLite", _ => Task.FromResult(Insert(events))),
            new Side("queue", token => EnqueueAsync(events, token)));
        var what = $"{events.Length:N0} events, {Callers} waiting";
        return
        [
            Comparison.Create(what, PerSecond, readings[0], readings[1]),
            Comparison.Create(what, Processor, readings[0], readings[1]),
        ];
    }

    private static Reading Insert(QueuedEvent[] events)
    {
        using var data = new TemporaryFolder();
        using var connection = QueueDatabase.Open(data.Path, create: true);
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO messages (queue, event_name, request_id, item_id, received_at, body, visible_at)
            VALUES ($queue, $event_name, $request_id, $item_id, 0, $body, 0)
            """;
        foreach (var name in (string[])["$queue", "$event_name", "$request_id", "$item_id", "$body"])
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        var (started, worked) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        foreach (var group in events.Chunk(Callers))
        {
            using var transaction = connection.BeginTransaction();
            command.Transaction = transaction;
            foreach (var queued in group)
            {
                object?[] values = [queued.Queue, queued.EventName, queued.RequestId, queued.ItemId, queued.Body.ToArray()];
                foreach (var (index, value) in values.Index()) command.Parameters[index].Value = value;
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return ToReading(events.Length, started, worked);
    }

    private static async Task<Reading> EnqueueAsync(QueuedEvent[] events, CancellationToken cancellationToken)
    {
        using var data = new TemporaryFolder();
        await using var queue = SqliteQueue.Open(data.Path, TimeProvider.System);
        var next = -1;
        var (started, worked) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            for (int index; (index = Interlocked.Increment(ref next)) < events.Length;)
            {
                await queue.EnqueueAsync(events[index], cancellationToken);
            }
        }, cancellationToken)));
        return ToReading(events.Length, started, worked);
    }

    private static Reading ToReading(int events, long started, TimeSpan worked) => new()
    {
        [PerSecond] = events / Stopwatch.GetElapsedTime(started).TotalSeconds,
        [Processor] = (Environment.CpuUsage.TotalTime - worked).TotalMicroseconds / events,
    };
}
