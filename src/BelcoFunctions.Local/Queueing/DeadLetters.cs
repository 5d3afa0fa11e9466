using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Local.Queueing;

/// <summary>The dead letters of the local queues, kept until an operator puts them back.</summary>
internal static class DeadLetters
{
    /// <summary>How many a transaction puts back.</summary>
    public const int BatchSize = 200;

    public static List<DeadLetter> List(SqliteConnection connection) => connection.Query(
        """
        SELECT queue, dead_lettered_at, delivery_count, dead_letter_reason, description, request_id, event_name
        FROM dead_letters ORDER BY dead_lettered_at, id
        """,
        row => new DeadLetter(row.GetString(0), Time(row, 1), row.GetInt32(2),
            row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)));

    /// <summary>Counts what <see cref="Redrive"/> would put back, by queue and reason. Changes nothing.</summary>
    public static List<DeadLetterCount> Count(SqliteConnection connection, DeadLetterSelection selection) => connection.Query(
        $"""
        SELECT queue, dead_letter_reason, COUNT(*), MIN(dead_lettered_at), MAX(dead_lettered_at),
            MAX(description) FILTER (WHERE is_newest)
        FROM (SELECT *, ROW_NUMBER() OVER (
                PARTITION BY queue, dead_letter_reason ORDER BY dead_lettered_at DESC, id DESC) = 1 AS is_newest
            FROM (SELECT id, queue, dead_letter_reason, dead_lettered_at, description
                FROM dead_letters {DeadLetterSelection.OldestFirst}))
        GROUP BY queue, dead_letter_reason ORDER BY queue, dead_letter_reason
        """,
        row => new DeadLetterCount(
            row.GetString(0), row.GetString(1), row.GetInt32(2), Time(row, 3), Time(row, 4), row.GetString(5)),
        selection.Parameters);

    /// <summary>What is selected, the oldest first, without bodies.</summary>
    public static List<(long Id, string EventName, string RequestId)> Find(
        SqliteConnection connection, DeadLetterSelection selection) => connection.Query(
        $"SELECT id, event_name, request_id FROM dead_letters {DeadLetterSelection.OldestFirst}",
        row => (row.GetInt64(0), row.GetString(1), row.GetString(2)), selection.Parameters);

    /// <summary>What is selected, the oldest first, with bodies.</summary>
    /// <param name="connection">The queues.</param>
    /// <param name="selection">Which dead letters.</param>
    /// <param name="afterTime">Only those after this time, and those of this time with a greater id than
    /// <paramref name="afterId"/>; null for all.</param>
    /// <param name="afterId">The id.</param>
    public static List<DeadLetterRow> Read(
        SqliteConnection connection, DeadLetterSelection selection, DateTimeOffset? afterTime = null, long? afterId = null) =>
        connection.Query(
            $"""
            SELECT id, received_at, payload_blob, body,
                queue, dead_lettered_at, delivery_count, dead_letter_reason, description, request_id, event_name
            FROM (SELECT * FROM dead_letters
                WHERE $after_time IS NULL OR (dead_lettered_at, id) > ($after_time, $after_id))
            {DeadLetterSelection.OldestFirst}
            """,
            row => new DeadLetterRow(
                row.GetInt64(0), Time(row, 1), row.GetStringOrNull(2), row.GetFieldValue<byte[]>(3),
                new DeadLetter(row.GetString(4), Time(row, 5), row.GetInt32(6), row.GetString(7), row.GetString(8),
                    row.GetString(9), row.GetString(10))),
            [("$after_time", afterTime?.ToUnixTimeMilliseconds()), ("$after_id", afterId), .. selection.Parameters]);

    /// <summary>Those of these ids that are neither dead letters nor in a queue, not even completed.</summary>
    public static List<long> Missing(SqliteConnection connection, IEnumerable<long> ids) => connection.Query(
        """
        SELECT value FROM json_each($ids)
        WHERE value NOT IN (SELECT id FROM messages) AND value NOT IN (SELECT id FROM dead_letters)
        """,
        row => row.GetInt64(0), ("$ids", $"[{string.Join(',', ids)}]"));

    /// <summary>Puts dead letters back into their queues, where a running <c>belco serve</c> finds them. Each transaction moves
    /// only <see cref="BatchSize"/>, because serve cannot write meanwhile. What becomes a dead letter again during the run stays
    /// one.</summary>
    /// <param name="connection">The queues.</param>
    /// <param name="selection">Which dead letters.</param>
    /// <param name="moved">Gets the number of those that are back, after each transaction.</param>
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

    /// <summary>Puts one back, under the same id. Belongs into a transaction.</summary>
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

    private static DateTimeOffset Time(SqliteDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}

/// <summary>How many dead letters a queue has for a reason.</summary>
/// <param name="Queue">One of <see cref="QueueNames"/>.</param>
/// <param name="Reason"><c>NeverProjectable</c> or <c>Failed</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="OldestAt">When the oldest of them became one.</param>
/// <param name="NewestAt">When the newest of them became one.</param>
/// <param name="NewestDescription">Why the newest of them became one.</param>
internal sealed record DeadLetterCount(
    string Queue, string Reason, int Count, DateTimeOffset OldestAt, DateTimeOffset NewestAt, string NewestDescription);

/// <summary>A dead letter with its body.</summary>
/// <param name="Id">The id of its row.</param>
/// <param name="ReceivedAt">When the webhook was received.</param>
/// <param name="PayloadBlob">The blob that has the body; null if <paramref name="Body"/> has it.</param>
/// <param name="Body">The body.</param>
/// <param name="Letter">The rest.</param>
internal sealed record DeadLetterRow(
    long Id, DateTimeOffset ReceivedAt, string? PayloadBlob, byte[] Body, DeadLetter Letter);

/// <summary>An event that is not tried again unless an operator puts it back.</summary>
/// <param name="Queue">The queue it was in.</param>
/// <param name="DeadLetteredAt">When it became a dead letter.</param>
/// <param name="Tries">How often it was delivered until then.</param>
/// <param name="Reason"><c>NeverProjectable</c> or <c>Failed</c>.</param>
/// <param name="Description">Why, in a sentence.</param>
/// <param name="RequestId">Belco's id of the webhook.</param>
/// <param name="EventName">Belco's name of the event, like <c>conversation.replied</c>.</param>
internal sealed record DeadLetter(
    string Queue, DateTimeOffset DeadLetteredAt, int Tries, string Reason, string Description,
    string RequestId, string EventName);
