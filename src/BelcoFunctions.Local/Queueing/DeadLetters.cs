using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Local.Queueing;

/// <summary>The dead letters of the local queues, kept until an operator puts them back.</summary>
internal static class DeadLetters
{
    public static List<DeadLetter> List(SqliteConnection connection) => connection.Query(
        """
        SELECT queue, dead_lettered_at, delivery_count, dead_letter_reason, description, request_id, event_name
        FROM dead_letters ORDER BY dead_lettered_at, id
        """,
        row => new DeadLetter(row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetInt32(2),
            row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)));

    /// <summary>Puts dead letters back into their queues, where a running <c>belco serve</c> finds them.</summary>
    /// <param name="connection">The queues.</param>
    /// <param name="queue">One of <see cref="QueueNames"/>; null for all.</param>
    /// <returns>How many were put back.</returns>
    public static int Redrive(SqliteConnection connection, string? queue)
    {
        var moved = 0;
        connection.InTransaction(() =>
        {
            connection.Execute(
                """
                INSERT INTO messages
                    (queue, event_name, request_id, item_id, received_at, reason, payload_blob, trace_parent, body, visible_at)
                    SELECT queue, event_name, request_id, item_id, received_at, reason, payload_blob, trace_parent, body, 0
                    FROM dead_letters WHERE $queue IS NULL OR queue = $queue
                """,
                ("$queue", queue));
            moved = connection.Execute(
                "DELETE FROM dead_letters WHERE $queue IS NULL OR queue = $queue", ("$queue", queue));
        });
        return moved;
    }
}

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
