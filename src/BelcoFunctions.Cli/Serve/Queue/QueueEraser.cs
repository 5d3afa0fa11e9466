using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>Erases events from the queue file: waiting events, completed events that are not deleted yet, dead letters, and
/// copies of large bodies. After that, no part of them remains in the file. Another process may serve the same file
/// meanwhile.</summary>
/// <param name="connection">The queues. Nobody else may use this connection meanwhile.</param>
/// <param name="blobs">The blobs of large bodies.</param>
/// <param name="erased">Looks up which events belong to erased conversations.</param>
/// <param name="strayConversations">Erases the conversations of such events before the events themselves.</param>
/// <param name="concurrency">Makes the changes.</param>
internal sealed class QueueEraser(
    SqliteConnection connection,
    IPayloadStore blobs,
    ErasureLookup erased,
    StrayConversations strayConversations,
    QueueConcurrency? concurrency = null)
{
    private const int PageRows = 100;

    // A serve that runs erases its waiting events itself, because it may be projecting any of them now. It may have stored the
    // blob of a large event again. It will find that the event is erased, and delete the blob. If it is killed before that, the
    // event must still be in the queue, so that the next serve deletes the blob. The same holds for the row of an unprojected
    // event, and of an event that says something else of an item than the item's row.
    private const string IsCompleted = "completed_at IS NOT NULL";

    private readonly QueueConcurrency concurrency = concurrency ?? QueueConcurrency.OnThreads;
    private readonly PayloadReader payloads = new(new CopiesFirst(connection, blobs));
    private bool hasDeleted;

    /// <summary>True if no serve was using the file when the erasure of the rows began, none has started since, and none can
    /// start. Then no delivery can have stored anything after the rows were erased.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Whether rows were erased just before. If not, an event whose blob is missing stays, and the file is rewritten
    /// only if something was removed from it, because webhooks wait during a rewrite.</summary>
    public bool HasErasedRows { get; init; } = true;

    /// <summary>What the last run has erased or counted, even if it ended early.</summary>
    public ErasedFromQueue Found { get; private set; }

    /// <summary>Counts what <see cref="EraseAsync"/> would erase. Writes nothing.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="SqliteException"/>
    public async Task<ErasedFromQueue> CountAsync(CancellationToken cancellationToken)
    {
        Found = default;
        int known;
        do
        {
            known = erased.ConversationsErased;
            Found = Found with { Receipt = Found.Receipt with { LaterEvents = 0 } };
            var messages = await FindAsync("messages", CountAsync, cancellationToken);
            var deadLetters = await FindAsync("dead_letters", CountAsync, cancellationToken);
            Found = Found with { Messages = messages.Count, DeadLetters = deadLetters.Count };
        }
        while (erased.ConversationsErased > known);
        return Found;
    }

    /// <summary>Erases the events. Idempotent. Erase the conversations first: an event that is delivered meanwhile is then erased
    /// by the projector.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="SqliteException">Such as when the file is busy for too long.</exception>
    public async Task<ErasedFromQueue> EraseAsync(CancellationToken cancellationToken)
    {
        Found = default;
        int known;
        do
        {
            known = erased.ConversationsErased;
            Found = Found with { Receipt = Found.Receipt with { LaterEvents = 0 } };
            var messages = await FindAsync("messages", EraseAsync, cancellationToken);
            var deleted = await DeleteAsync("messages", IsAlone ? "" : $"AND {IsCompleted}", messages, cancellationToken);
            Found = Found with { Messages = Found.Messages + deleted, ErasedByServe = messages.Count(IsQueued) };
            // Search dead letters second: a message may have become one meanwhile.
            var deadLetters = await DeleteAsync(
                "dead_letters", "", await FindAsync("dead_letters", EraseAsync, cancellationToken), cancellationToken);
            Found = Found with { DeadLetters = Found.DeadLetters + deadLetters };
            await DeleteCopiesAsync(cancellationToken);
        }
        while (erased.ConversationsErased > known);
        if (!HasErasedRows && !hasDeleted) return Found;
        await concurrency.ChangeAsync(() =>
        {
            QueueDatabase.Compact(connection);
            return true;
        });
        return Found;
    }

    private Task<ErasedStray> CountAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellationToken) =>
        strayConversations.CountAsync(body, receivedAt, erased, cancellationToken);

    private Task<ErasedStray> EraseAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellationToken) =>
        strayConversations.EraseAsync(body, receivedAt, erased, cancellationToken);

    private async Task<List<FoundEvent>> FindAsync(
        string table, Func<ReadOnlyMemory<byte>, DateTimeOffset, CancellationToken, Task<ErasedStray>> judge,
        CancellationToken cancellationToken)
    {
        List<FoundEvent> found = [];
        // Search only up to the present last row. Events that are added during the search need no search: each one happened
        // after the erasure, or the projector erases it.
        var end = connection.QuerySingle($"SELECT COALESCE(MAX(id), 0) FROM {table}", row => row.GetInt64(0));
        for (long last = -1; ;)
        {
            var page = connection.Query(
                $"SELECT id, received_at, payload_blob, body, delivery_count, {Waits(table)} FROM {table} "
                    + $"WHERE id > $last AND id <= $end ORDER BY id LIMIT {PageRows}",
                row => (Id: row.GetInt64(0), ReceivedAt: DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)),
                    Blob: row.GetStringOrNull(2), Body: row.GetFieldValue<byte[]>(3), Deliveries: row.GetInt32(4),
                    Waits: row.GetBoolean(5)),
                ("$last", last), ("$end", end));
            if (page.Count == 0) return found;
            foreach (var row in page)
            {
                // Without its blob, the event can never be projected, and nobody can tell which customer it belongs to.
                var mustGo = await payloads.ReadAsync(row.Blob, row.Body, cancellationToken) is { } body
                    ? MustGo(await judge(body, row.ReceivedAt, cancellationToken), row.Waits) : HasErasedRows;
                if (mustGo) found.Add(new(row.Id, row.Blob, row.Deliveries));
            }

            last = page[^1].Id;
        }
    }

    // Completed events do not count as waiting: their rows were already counted in the archive.
    private static string Waits(string table) => table == "messages" ? "completed_at IS NULL" : "1";

    /// <summary>Whether the event must be deleted. Adds to the receipt what was erased, or not erased because it is
    /// later.</summary>
    private bool MustGo(ErasedStray stray, bool waits)
    {
        var receipt = ErasureReceipt.From(stray with { IsLater = stray.IsLater && waits });
        Found = Found with { Receipt = Found.Receipt + receipt };
        return stray.Outcome is StrayOutcome.Erased;
    }

    private async Task<int> DeleteAsync(
        string table, string condition, List<FoundEvent> found, CancellationToken cancellationToken)
    {
        // A serve that was killed may have stored the blob again.
        foreach (var e in found.Where(e => e.Blob is not null)) await blobs.DeleteAsync(e.Blob!, cancellationToken);
        return await concurrency.ChangeAsync(() =>
        {
            var deleted = 0;
            // Skip an event that was put back or redriven since it was found: its blob may have been stored again.
            connection.InTransaction(() => deleted = found.Sum(e => connection.Execute(
                $"DELETE FROM {table} WHERE id = $id AND delivery_count = $deliveries {condition}",
                ("$id", e.Id), ("$deliveries", e.Deliveries))));
            hasDeleted |= deleted > 0;
            return deleted;
        });
    }

    private bool IsQueued(FoundEvent found) => connection.QuerySingle(
        "SELECT EXISTS (SELECT 1 FROM messages WHERE id = $id)", row => row.GetBoolean(0), ("$id", found.Id));

    private async Task DeleteCopiesAsync(CancellationToken cancellationToken)
    {
        var names = connection.Query("SELECT name, stored_at FROM payloads",
            row => (Name: row.GetString(0), StoredAt: DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))));
        foreach (var (name, storedAt) in names)
        {
            if (LocalPayloads.Get(connection, name) is { } body
                && MustGo(await EraseAsync(body, storedAt, cancellationToken), waits: false))
            {
                hasDeleted |= await concurrency.ChangeAsync(() => connection.Execute(
                    "DELETE FROM payloads WHERE name = $name AND NOT EXISTS (SELECT 1 FROM messages WHERE payload_blob = $name)",
                    ("$name", name))) > 0;
            }
        }
    }

    private readonly record struct FoundEvent(long Id, string? Blob, int Deliveries);

    /// <summary>Reads the copies in the queue file, and the blobs of events that have none.</summary>
    private sealed class CopiesFirst(SqliteConnection connection, IPayloadStore blobs) : IPayloadStore
    {
        public async Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken) =>
            LocalPayloads.Get(connection, name) ?? await blobs.GetAsync(name, cancellationToken);

        public Task<string> PutAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task DeleteAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

/// <summary>How much was erased from the queue file, or would be.</summary>
/// <param name="Messages">Events that waited, or were completed a short time before.</param>
/// <param name="DeadLetters">Dead letters.</param>
internal readonly record struct ErasedFromQueue(int Messages, int DeadLetters)
{
    /// <summary>Waiting events that the running serve erases itself when it delivers them. An erasure does not count them as
    /// <see cref="Messages"/>; a count does, because it does not know whether a serve will run.</summary>
    public int ErasedByServe { get; init; }

    /// <summary>What was erased in the archive because only these events showed which customer a conversation belongs to, and
    /// what was not erased because it happened later.</summary>
    public ErasureReceipt Receipt { get; init; }
}
