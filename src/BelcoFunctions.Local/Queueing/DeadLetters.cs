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
        row => new DeadLetter(row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetInt32(2),
            row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)));

    /// <summary>Counts what <see cref="Redrive"/> would put back, by queue and reason. Changes nothing.</summary>
    public static List<DeadLetterCount> Count(SqliteConnection connection, DeadLetterSelection selection) => connection.Query(
        $"""
        SELECT queue, dead_letter_reason, COUNT(*), MIN(dead_lettered_at) FROM
            (SELECT queue, dead_letter_reason, dead_lettered_at FROM dead_letters {DeadLetterSelection.OldestFirst})
        GROUP BY queue, dead_letter_reason ORDER BY queue, dead_letter_reason
        """,
        row => new DeadLetterCount(
            row.GetString(0), row.GetString(1), row.GetInt32(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))),
        selection.Parameters);

    /// <summary>The ids of what is selected, the oldest first.</summary>
    public static List<long> Find(SqliteConnection connection, DeadLetterSelection selection) => connection.Query(
        $"SELECT id FROM dead_letters {DeadLetterSelection.OldestFirst}", row => row.GetInt64(0), selection.Parameters);

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
        foreach (var ids in Find(connection, selection).Chunk(BatchSize))
        {
            if (cancellationToken.IsCancellationRequested) break;
            var batch = 0;
            connection.InTransaction(() => batch = ids.Count(id => RedriveOne(connection, id)));
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
}

/// <summary>How many dead letters a queue has for a reason.</summary>
/// <param name="Queue">One of <see cref="QueueNames"/>.</param>
/// <param name="Reason"><c>NeverProjectable</c> or <c>Failed</c>.</param>
/// <param name="Count">How many.</param>
/// <param name="OldestAt">When the oldest of them became one.</param>
internal sealed record DeadLetterCount(string Queue, string Reason, int Count, DateTimeOffset OldestAt);

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
