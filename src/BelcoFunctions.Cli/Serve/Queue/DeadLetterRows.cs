using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>The dead letters of the local queues, kept until an operator puts them back.</summary>
internal static class DeadLetterRows
{
    /// <summary>How many dead letters a transaction puts back.</summary>
    public const int BatchSize = 200;

    // The oldest first. It reads only an index: columns stored after a large body are slow to read.
    internal const string Selected = """
        SELECT id, queue, dead_letter_reason, dead_lettered_at FROM dead_letters
        WHERE ($id IS NULL OR id = $id) AND ($queue IS NULL OR queue = $queue)
            AND ($reason IS NULL OR dead_letter_reason = $reason)
            AND (dead_lettered_at, id) > ($after, $after_id) AND (dead_lettered_at, id) <= ($through, $through_id)
        ORDER BY dead_lettered_at, id LIMIT $limit
        """;

    private const string LetterColumns =
        "id, queue, event_name, request_id, received_at, dead_lettered_at, delivery_count, dead_letter_reason, description, "
        + "payload_blob";

    public static List<DeadLetter> List(SqliteConnection connection) => connection.Query(
        $"SELECT {LetterColumns} FROM dead_letters ORDER BY dead_lettered_at, id", Letter);

    /// <summary>Counts what <see cref="Redrive"/> would put back, by queue and reason. Changes nothing.</summary>
    public static List<DeadLetterGroup> Count(SqliteConnection connection, DeadLetterSelection selection) => connection.Query(
        $"""
        SELECT counted.queue, counted.reason, counted.letters, counted.oldest_at,
            newest.dead_lettered_at, newest.id, newest.description
        FROM (
            SELECT queue, dead_letter_reason AS reason, COUNT(*) AS letters, MIN(dead_lettered_at) AS oldest_at,
                MAX(id) FILTER (WHERE is_newest) AS newest_id
            FROM (
                SELECT *, ROW_NUMBER() OVER (
                    PARTITION BY queue, dead_letter_reason ORDER BY dead_lettered_at DESC, id DESC) = 1 AS is_newest
                FROM ({Selected}))
            GROUP BY queue, dead_letter_reason) AS counted
        JOIN dead_letters AS newest ON newest.id = counted.newest_id
        ORDER BY counted.queue, counted.reason
        """,
        row => new DeadLetterGroup(row.GetString(0), row.GetString(1), row.GetInt32(2), Time(row, 3),
            new DeadLetterPosition(Time(row, 4), row.GetInt64(5)), row.GetString(6)),
        Parameters(selection));

    /// <summary>The selected dead letters, oldest first, without bodies.</summary>
    public static List<(long Id, string EventName, string RequestId)> Find(
        SqliteConnection connection, DeadLetterSelection selection) => connection.Query(
        $"""
        SELECT id, event_name, request_id FROM ({Selected}) AS selected JOIN dead_letters USING (id)
        ORDER BY selected.dead_lettered_at, id
        """,
        row => (row.GetInt64(0), row.GetString(1), row.GetString(2)), Parameters(selection));

    /// <summary>The selected dead letters, oldest first, with bodies.</summary>
    public static List<DeadLetterRow> Read(SqliteConnection connection, DeadLetterSelection selection) => connection.Query(
        $"""
        SELECT {LetterColumns}, body FROM dead_letters WHERE id IN (SELECT id FROM ({Selected}))
        ORDER BY dead_lettered_at, id
        """,
        row => new DeadLetterRow(Letter(row), row.GetStringOrNull(9), row.GetFieldValue<byte[]>(10)), Parameters(selection));

    /// <summary>Returns the ids that are gone: they are neither dead letters nor in a queue, not even as completed
    /// events.</summary>
    public static List<long> Missing(SqliteConnection connection, IEnumerable<long> ids) => connection.Query(
        """
        SELECT value FROM json_each($ids)
        WHERE value NOT IN (SELECT id FROM messages) AND value NOT IN (SELECT id FROM dead_letters)
        """,
        row => row.GetInt64(0), ("$ids", $"[{string.Join(',', ids)}]"));

    /// <summary>Puts dead letters back into their queues, where a running <c>belco serve</c> finds them. Each transaction
    /// moves only <see cref="BatchSize"/>, because serve cannot write meanwhile. An event that becomes a dead letter again
    /// during the run stays one.</summary>
    /// <param name="connection">The queues.</param>
    /// <param name="selection">Which dead letters.</param>
    /// <param name="moved">Gets the number of dead letters put back so far, after each transaction.</param>
    /// <param name="cancellationToken">Ends the run between two transactions.</param>
    /// <returns>How many were put back.</returns>
    public static int Redrive(
        SqliteConnection connection, DeadLetterSelection selection, Action<int>? moved = null,
        CancellationToken cancellationToken = default)
    {
        var total = 0;
        foreach (var letters in Find(connection, selection).Chunk(BatchSize))
        {
            if (cancellationToken.IsCancellationRequested) break;
            var batch = 0;
            connection.InTransaction(() => batch = letters.Count(letter => RedriveOne(connection, letter.Id)));
            total += batch;
            moved?.Invoke(total);
        }

        return total;
    }

    /// <summary>Puts one dead letter back, under the same id. Call it in a transaction.</summary>
    /// <returns>Whether it was there.</returns>
    public static bool RedriveOne(SqliteConnection connection, long id)
    {
        // The id is free: a message leaves its queue when it becomes a dead letter, and no id is given twice.
        connection.Execute(
            """
            INSERT INTO messages
                (id, queue, event_name, request_id, item_id, received_at, reason, payload_blob, trace_parent, body, visible_at)
                SELECT id, queue, event_name, request_id, item_id, received_at, reason, payload_blob, trace_parent, body, 0
                FROM dead_letters WHERE id = $id
            """,
            ("$id", id));
        return connection.Execute("DELETE FROM dead_letters WHERE id = $id", ("$id", id)) == 1;
    }

    private static DeadLetter Letter(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), Time(row, 4), Time(row, 5), row.GetInt32(6),
        row.GetString(7), row.GetString(8))
    {
        IsInBlob = !row.IsDBNull(9),
    };

    private static DateTimeOffset Time(SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    // In SQLite, a negative limit means no limit.
    internal static (string Name, object? Value)[] Parameters(DeadLetterSelection selection) =>
    [
        ("$id", selection.Id), ("$queue", selection.Queue), ("$reason", selection.Reason),
        ("$after", selection.After?.DeadLetteredAt.ToUnixTimeMilliseconds() ?? long.MinValue),
        ("$after_id", selection.After?.Id ?? long.MinValue),
        ("$through", selection.Through?.DeadLetteredAt.ToUnixTimeMilliseconds() ?? long.MaxValue),
        ("$through_id", selection.Through?.Id ?? long.MaxValue), ("$limit", selection.Limit ?? -1),
    ];
}

/// <summary>A dead letter with its body.</summary>
/// <param name="Letter">The dead letter.</param>
/// <param name="PayloadBlob">The blob that has the body; null if <paramref name="Body"/> has it.</param>
/// <param name="Body">The body.</param>
internal sealed record DeadLetterRow(DeadLetter Letter, string? PayloadBlob, byte[] Body);
