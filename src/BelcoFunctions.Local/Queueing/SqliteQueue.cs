using System.Collections.Frozen;
using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Local.Queueing;

/// <summary>Durable queues in one SQLite file.</summary>
internal sealed class SqliteQueue : ILocalQueue, IAsyncDisposable
{
    // Longer than a batch takes. Events that are still unsettled after this time are delivered again. A batch may wait longer for
    // the batches of other queues. Its events are not delivered twice, because only its own pump receives from its queue.
    private static readonly TimeSpan VisibilityTimeout = TimeSpan.FromMinutes(2);

    // Azurite saves its tables every five seconds, so a killed Azurite loses rows of completed events. These events are kept for
    // a while and delivered again after a restart. Projecting an event twice changes nothing.
    private static readonly TimeSpan CompletedRetention = TimeSpan.FromSeconds(30);

    // An operator's command that puts events back while serve runs cannot signal this process.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly string dataFolder;
    private readonly TimeProvider time;
    private readonly ArrivalRate arrivals;
    private readonly EnqueueStatement insert;
    private readonly GroupCommit database;
    private readonly FrozenDictionary<string, SemaphoreSlim> signals =
        QueueNames.All.ToFrozenDictionary(name => name, _ => new SemaphoreSlim(0, 1));

    private SqliteQueue(string dataFolder, SqliteConnection connection, TimeProvider time) =>
        (this.dataFolder, this.time, arrivals, insert, database) =
            (dataFolder, time, new ArrivalRate(time), new EnqueueStatement(connection), new GroupCommit(connection));

    /// <exception cref="LocalHostException">The file cannot be opened, or another version of belco wrote it.</exception>
    public static SqliteQueue Open(string dataFolder, TimeProvider time)
    {
        // Due now: what the last process received and did not settle, abandoned, or completed shortly before its end.
        var connection = QueueDatabase.Open(dataFolder, create: true,
            prepare: opened => opened.Execute("UPDATE messages SET visible_at = 0, completed_at = NULL"));
        return new SqliteQueue(dataFolder, connection, time);
    }

    public async Task EnqueueAsync(QueuedEvent queuedEvent, CancellationToken cancellationToken)
    {
        arrivals.Add();
        await database.RunAsync(_ =>
        {
            insert.Run(queuedEvent);
            return true;
        }, cancellationToken);
        Signal(queuedEvent.Queue);
    }

    // It changes a page of the file, because a commit without a change would not touch the disk.
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
            // Nobody cancels this: what is due is returned even to a caller that was cancelled before. Nor does it wait for the
            // disk: after a power failure everything is due anyway.
            var received = await database.RunWithoutDiskAsync(connection => Receive(connection, queue, maxDeliveries));
            if (received.Count > 0) return received;
            await signals[queue].WaitAsync(LongestWait, cancellationToken);
        }
    }

    public Task SettleAsync(IReadOnlyList<(LocalDelivery Delivery, Settlement Settlement)> settled)
    {
        // To complete an event twice changes nothing. The other settlements carry what cannot be found out again.
        return settled.All(each => each.Settlement is Settlement.Complete)
            ? database.RunWithoutDiskAsync(Settle) : database.RunAsync(Settle);

        int Settle(SqliteConnection connection)
        {
            Complete(connection, settled.Where(each => each.Settlement is Settlement.Complete).Select(each => each.Delivery.Id));
            foreach (var (delivery, settlement) in settled) SettleOne(connection, delivery, settlement);
            var before = Milliseconds(-CompletedRetention);
            connection.Execute("DELETE FROM messages WHERE completed_at < $before", ("$before", before));
            return LocalPayloads.Purge(connection, before);
        }
    }

    /// <summary>Keeps a copy of a large body for as long as a queued event or a dead letter needs it.</summary>
    public Task PutPayloadAsync(string name, byte[] body, CancellationToken cancellationToken) =>
        database.RunAsync(
            connection => LocalPayloads.Put(connection, name, body, Milliseconds(TimeSpan.Zero)), cancellationToken);

    public Task<byte[]?> GetPayloadAsync(string name, CancellationToken cancellationToken) =>
        database.RunAsync(connection => LocalPayloads.Get(connection, name), cancellationToken);

    public Task DeletePayloadAsync(string name, CancellationToken cancellationToken) =>
        database.RunAsync(connection => LocalPayloads.Delete(connection, name), cancellationToken);

    /// <summary>What waits now. It has a connection of its own, so it never waits for the writer.</summary>
    public IReadOnlyList<QueueStatistics> ReadStatistics()
    {
        using var connection = OpenToRead();
        return QueueStatistics.Read(connection);
    }

    /// <summary>A connection for a reader, who never waits for the writer.</summary>
    public SqliteConnection OpenToRead() => QueueDatabase.Open(dataFolder, create: false);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        // After the writer's end. SQLite closes the file together with its last statement.
        insert.Dispose();
        foreach (var signal in signals.Values) signal.Dispose();
    }

    private List<LocalDelivery> Receive(SqliteConnection connection, string queue, int maxDeliveries) => connection.Query(
        """
        UPDATE messages SET visible_at = $hidden_until, delivery_count = delivery_count + 1
        WHERE id IN (
            SELECT id FROM messages
            WHERE queue = $queue AND completed_at IS NULL AND visible_at <= $now ORDER BY visible_at, id LIMIT $max)
        RETURNING
            id, event_name, request_id, item_id, received_at, reason, payload_blob, trace_parent, body, delivery_count, failures
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
        }, row.GetInt32(9), row.GetInt32(10)),
        ("$queue", queue), ("$now", Milliseconds(TimeSpan.Zero)), ("$hidden_until", Milliseconds(VisibilityTimeout)),
        ("$max", maxDeliveries));

    // All in one statement, because nearly all settlements are these.
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
                               delivery_count, $now, $why, $description
                        FROM messages WHERE id = $id;
                    DELETE FROM messages WHERE id = $id
                    """,
                    ("$id", delivery.Id), ("$now", Milliseconds(TimeSpan.Zero)), ("$why", dead.Reason),
                    ("$description", dead.Description));
                break;
            case Settlement.Abandon abandon:
                connection.Execute(
                    "UPDATE messages SET visible_at = $visible_at, failures = $failures WHERE id = $id",
                    ("$id", delivery.Id), ("$failures", abandon.Failures),
                    ("$visible_at", Milliseconds(Backoff.Delay(delivery.DeliveryCount, Random.Shared.NextDouble()))));
                break;
        }
    }

    private void Signal(string queue)
    {
        var signal = signals[queue];
        // The signal is set already, and its receiver will find this event too. Under load this is the usual case. An exception
        // for each event would then cost more than the event.
        if (signal.CurrentCount > 0) return;
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Another sender set the signal first.
        }
    }

    private long Milliseconds(TimeSpan fromNow) => (time.GetUtcNow() + fromNow).ToUnixTimeMilliseconds();
}
