using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>What the queue file and its log may still have of events that were removed.</summary>
internal sealed class Remains(string dataFolder, TimeProvider time)
{
    // Webhooks wait while the file is rewritten. With more events in it, only VACUUM at the stop or by an erasure does it.
    private const long MostBytes = 64 * 1024 * 1024;

    // Rewriting takes at most this part of the time.
    private const int Share = 50;

    // Another process may read the file. The log is then emptied the next time.
    private const int LogTimeoutMilliseconds = 100;

    private readonly FileInfo log = new(Path.Combine(dataFolder, QueueDatabase.FileName + "-wal"));

    // Those of the last process.
    private volatile bool mayExist = true;
    private long due = long.MinValue;

    /// <summary>Something was removed from the file.</summary>
    public void Add() => mayExist = true;

    /// <summary>Removes what is left of it.</summary>
    /// <exception cref="SqliteException">Such as when the file is busy for too long.</exception>
    /// <exception cref="CommandException">The file cannot be opened.</exception>
    public void Remove()
    {
        log.Refresh();
        if (!mayExist && log is not { Exists: true, Length: > 0 }) return;
        using var connection = QueueDatabase.Open(dataFolder, create: false);
        if (mayExist && time.GetTimestamp() >= due && Bytes(connection) <= MostBytes) Rewrite(connection);
        connection.Execute($"PRAGMA busy_timeout = {LogTimeoutMilliseconds}");
        QueueDatabase.TryEmptyLog(connection);
    }

    // SQLite overwrites what is deleted, but not what is left where a row was before it moved to another page.
    private void Rewrite(SqliteConnection connection)
    {
        var started = time.GetTimestamp();
        // What is removed from now on is not gone with this.
        mayExist = false;
        try
        {
            connection.Execute("VACUUM");
        }
        catch
        {
            mayExist = true;
            throw;
        }

        due = time.GetTimestamp() + Share * (time.GetTimestamp() - started);
    }

    private static long Bytes(SqliteConnection connection) => connection.QuerySingle(
        "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size",
        row => row.GetInt64(0));
}
