using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Local.Queueing;

/// <summary>The events of the local queues that no later try can project, kept until somebody looks.</summary>
internal static class DeadLetters
{
    public static List<DeadLetter> List(SqliteConnection connection) => connection.Query(
        """
        SELECT queue, dead_lettered_at, delivery_count, dead_letter_reason, description, request_id, event_name
        FROM dead_letters ORDER BY dead_lettered_at, id
        """,
        row => new DeadLetter(row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetInt32(2),
            row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)));

    /// <summary>Puts dead letters back into their queues, where a running serve finds them, and says how many.</summary>
    /// <param name="connection">The queues.</param>
    /// <param name="queue">One of <see cref="QueueNames"/>; null for all.</param>
    public static int Redrive(SqliteConnection connection, string? queue)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            """
            INSERT INTO messages (queue, event_name, request_id, item_id, received_at, reason, payload_blob, trace_parent, body, visible_at)
                SELECT queue, event_name, request_id, item_id, received_at, reason, payload_blob, trace_parent, body, 0
                FROM dead_letters WHERE $queue IS NULL OR queue = $queue
            """,
            ("$queue", queue));
        var moved = connection.Execute("DELETE FROM dead_letters WHERE $queue IS NULL OR queue = $queue", ("$queue", queue));
        transaction.Commit();
        return moved;
    }
}

/// <param name="Queue">Where it came from.</param>
/// <param name="DeadLetteredAt">When it was given up.</param>
/// <param name="Tries">Deliveries until then.</param>
/// <param name="Reason">The kind of reason.</param>
/// <param name="Description">The reason.</param>
/// <param name="RequestId">Belco's.</param>
/// <param name="EventName">Belco's.</param>
internal sealed record DeadLetter(
    string Queue, DateTimeOffset DeadLetteredAt, int Tries, string Reason, string Description, string RequestId, string EventName);
