using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>Copies of large bodies in the queue file, because a killed Azurite loses the blobs of its last five
/// seconds.</summary>
internal static class LocalPayloads
{
    public static int Put(SqliteConnection connection, string name, byte[] body, long now) => connection.Execute(
        """
        INSERT INTO payloads (name, body, stored_at) VALUES ($name, $body, $now)
        ON CONFLICT (name) DO UPDATE SET stored_at = $now
        """,
        ("$name", name), ("$body", body), ("$now", now));

    public static byte[]? Get(SqliteConnection connection, string name) => connection.Query(
        "SELECT body FROM payloads WHERE name = $name", row => row.GetFieldValue<byte[]>(0), ("$name", name)).SingleOrDefault();

    public static int Delete(SqliteConnection connection, string name) =>
        connection.Execute("DELETE FROM payloads WHERE name = $name", ("$name", name));

    /// <summary>Removes the copies that were stored before a time and that no queued event or dead letter needs.</summary>
    /// <param name="connection">The queues.</param>
    /// <param name="before">In Unix milliseconds.</param>
    /// <returns>How many were removed.</returns>
    public static int Purge(SqliteConnection connection, long before) => connection.Execute(
        """
        DELETE FROM payloads WHERE stored_at < $before
            AND NOT EXISTS (SELECT 1 FROM messages WHERE payload_blob = payloads.name)
            AND NOT EXISTS (SELECT 1 FROM dead_letters WHERE payload_blob = payloads.name)
        """,
        ("$before", before));
}
