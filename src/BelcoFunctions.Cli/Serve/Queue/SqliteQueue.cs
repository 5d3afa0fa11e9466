using System.Collections.Frozen;
using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>Durable queues in one SQLite file.</summary>
internal sealed class SqliteQueue : ILocalQueue, IAsyncDisposable
{
    // Azurite saves its tables every five seconds, so a killed Azurite loses rows of completed events. These events are kept
    // for a while and delivered again after a restart. Projecting an event twice changes nothing. But half a minute
    // after an event was completed, nothing of it may remain here, because it may have been erased: see QueueCleaning.
    private static readonly TimeSpan CompletedRetention = TimeSpan.FromSeconds(20);

    // An operator's command that puts events back while serve runs cannot signal this process.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly string dataFolder;
    private readonly TimeProvider time;
    private readonly QueueConcurrency concurrency;
    private readonly ArrivalRate arrivals;
    private readonly EnqueueStatement insert;
    private readonly GroupCommit database;
    private readonly Remains remains;

    // Receives. It never waits for the writer, which mostly waits for the disk.
    private readonly Lock reading = new();
    private readonly SqliteConnection reader;
    private readonly FrozenDictionary<string, IQueueSignal> signals;

    private SqliteQueue(
        string dataFolder, SqliteConnection connection, SqliteConnection reader, TimeProvider time, QueueConcurrency concurrency)
    {
        (this.dataFolder, this.reader, this.time, this.concurrency) = (dataFolder, reader, time, concurrency);
        (arrivals, insert, remains) = (new ArrivalRate(time), new EnqueueStatement(connection), new Remains(dataFolder, time));
        signals = QueueNames.All.ToFrozenDictionary(name => name, name => concurrency.CreateSignal(name, isSet: false));
        database = new GroupCommit(connection, concurrency);
    }

    /// <exception cref="CommandException">The file cannot be opened, or another version of belco wrote it.</exception>
    public static SqliteQueue Open(string dataFolder, TimeProvider time, QueueConcurrency? concurrency = null)
    {
        // Make these events of the last process due again: those that it abandoned, and those that it completed shortly
        // before its end. Those that it received and did not settle are still due.
        var connection = QueueDatabase.Open(dataFolder, create: true,
            prepare: opened => opened.Execute("UPDATE messages SET visible_at = 0, completed_at = NULL"));
        try
        {
            var reader = QueueDatabase.Open(dataFolder, create: false);
            return new SqliteQueue(dataFolder, connection, reader, time, concurrency ?? QueueConcurrency.OnThreads);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public async Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken)
    {
        arrivals.Add();
        await database.RunAsync(_ =>
        {
            insert.Run(queuedEvent);
            return true;
        }, cancellationToken);
        signals[queuedEvent.Queue].Set();
    }

    // Changes a page of the file, because a commit without a change would not write to the disk.
    public Task CheckAsync(CancellationToken cancellationToken) => database.RunAsync(
        connection => connection.Execute(
            """
            INSERT INTO payloads (name, body, stored_at) VALUES ('health', x'', 0);
            DELETE FROM payloads WHERE name = 'health'
            """),
        cancellationToken);

    public Task LetSendersGoFirstAsync(CancellationToken cancellationToken) => arrivals.WaitWhileFastAsync(cancellationToken);

    public async Task<IReadOnlyList<LocalDelivery>> ReceiveAsync(
        string queue, int maxDeliveries, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Even a canceled caller gets the due events.
            if (Receive(queue, maxDeliveries) is { Count: > 0 } received) return received;
            await signals[queue].WaitAsync(LongestWait, cancellationToken);
        }
    }

    public Task SettleAsync(IReadOnlyList<(LocalDelivery Delivery, Settlement Settlement)> settled)
    {
        // Completing an event needs no wait for the disk, because completing it twice changes nothing. The other settlements
        // have data that cannot be found again.
        return settled.All(each => each.Settlement is Settlement.Complete)
            ? database.RunWithoutDiskAsync(Settle) : database.RunAsync(Settle);

        int Settle(SqliteConnection connection)
        {
            Complete(connection, settled.Where(each => each.Settlement is Settlement.Complete).Select(each => each.Delivery.Id));
            foreach (var (delivery, settlement) in settled) SettleOne(connection, delivery, settlement);
            return Purge(connection);
        }
    }

    /// <summary>Removes completed events after their short retention. After that, nothing of them remains in the file or its
    /// log.</summary>
    /// <exception cref="SqliteException">Such as a full disk.</exception>
    /// <exception cref="CommandException">The file cannot be opened.</exception>
    public async Task CleanAsync()
    {
        await database.RunWithoutDiskAsync(Purge);
        remains.Remove();
    }

    /// <summary>Keeps a copy of a large body for as long as a queued event or a dead letter needs it.</summary>
    public Task PutPayloadAsync(string name, byte[] body, CancellationToken cancellationToken) =>
        database.RunAsync(
            connection => LocalPayloads.Put(connection, name, body, Milliseconds(TimeSpan.Zero)), cancellationToken);

    public Task<byte[]?> GetPayloadAsync(string name, CancellationToken cancellationToken) =>
        database.RunAsync(connection => LocalPayloads.Get(connection, name), cancellationToken);

    public Task DeletePayloadAsync(string name, CancellationToken cancellationToken) =>
        database.RunAsync(connection => Removed(LocalPayloads.Delete(connection, name)), cancellationToken);

    /// <summary>What waits now.</summary>
    public IReadOnlyList<QueueStatistics> ReadStatistics() => Read(QueueStatistics.Read);

    /// <summary>Reads the file through a separate connection, which never waits for the writer.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        using var connection = OpenConnection();
        return read(connection);
    }

    /// <summary>Puts dead letters back into their queues: all of them or, when it throws, none.</summary>
    /// <param name="ids">At most <see cref="DeadLetterRows.BatchSize"/>: webhooks wait meanwhile.</param>
    /// <returns>The ids that were dead letters.</returns>
    public async Task<IReadOnlySet<long>> RedriveAsync(IReadOnlyList<long> ids)
    {
        var moved = await database.RunAsync(
            connection => ids.Where(id => DeadLetterRows.RedriveOne(connection, id)).ToHashSet());
        foreach (var signal in signals.Values) signal.Set();
        return moved;
    }

    /// <summary>Opens a separate connection for a reader. It never waits for the writer.</summary>
    public SqliteConnection OpenConnection() => QueueDatabase.Open(dataFolder, create: false);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        lock (reading) reader.Dispose();
        // Only after the writer has ended. SQLite closes the file together with its last statement.
        insert.Dispose();
        foreach (var signal in signals.Values) signal.Dispose();
    }

    private List<LocalDelivery> Receive(string queue, int maxDeliveries)
    {
        lock (reading)
        {
            return reader.Query(
                """
                SELECT id, event_name, request_id, item_id, received_at, reason, payload_blob, trace_parent, body,
                    delivery_count, failures
                FROM messages
                WHERE queue = $queue AND completed_at IS NULL AND visible_at <= $now ORDER BY visible_at, id LIMIT $max
                """,
                row => new LocalDelivery(row.GetInt64(0), new QueuedEvent
                {
                    Queue = queue,
                    EventName = row.GetString(1),
                    RequestId = row.GetString(2),
                    ItemId = row.GetStringOrNull(3),
                    ReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
                    Reason = row.GetStringOrNull(5),
                    PayloadBlob = row.GetStringOrNull(6),
                    TraceParent = row.GetStringOrNull(7),
                    Body = row.GetFieldValue<byte[]>(8),
                }, row.GetInt32(9) + 1, row.GetInt32(10)),
                ("$queue", queue), ("$now", Milliseconds(TimeSpan.Zero)), ("$max", maxDeliveries));
        }
    }

    private int Purge(SqliteConnection connection)
    {
        var before = Milliseconds(-CompletedRetention);
        return Removed(
            connection.Execute("DELETE FROM messages WHERE completed_at < $before", ("$before", before))
            + LocalPayloads.Purge(connection, before));
    }

    private int Removed(int rows)
    {
        if (rows > 0) remains.Add();
        return rows;
    }

    // Complete all in one statement, because nearly all settlements complete an event.
    private void Complete(SqliteConnection connection, IEnumerable<long> ids) => connection.Execute(
        "UPDATE messages SET completed_at = $now WHERE id IN (SELECT value FROM json_each($ids))",
        ("$now", Milliseconds(TimeSpan.Zero)), ("$ids", $"[{string.Join(',', ids)}]"));

    private void SettleOne(SqliteConnection connection, LocalDelivery delivery, Settlement settlement)
    {
        switch (settlement)
        {
            case Settlement.DeadLetter dead:
                connection.Execute(
                    """
                    INSERT INTO dead_letters
                        SELECT id, queue, event_name, request_id, item_id, received_at, reason, payload_blob, trace_parent, body,
                               $deliveries, $now, $why, $description
                        FROM messages WHERE id = $id;
                    DELETE FROM messages WHERE id = $id
                    """,
                    ("$id", delivery.Id), ("$deliveries", delivery.DeliveryCount), ("$now", Milliseconds(TimeSpan.Zero)),
                    ("$why", dead.Reason), ("$description", dead.Description));
                break;
            case Settlement.Abandon abandon:
                connection.Execute(
                    """
                    UPDATE messages SET visible_at = $visible_at, delivery_count = $deliveries, failures = $failures
                    WHERE id = $id
                    """,
                    ("$id", delivery.Id), ("$deliveries", delivery.DeliveryCount), ("$failures", abandon.Failures),
                    ("$visible_at", Milliseconds(Backoff.Delay(delivery.DeliveryCount, concurrency.NextDouble()))));
                break;
        }
    }

    private long Milliseconds(TimeSpan fromNow) => (time.GetUtcNow() + fromNow).ToUnixTimeMilliseconds();
}
