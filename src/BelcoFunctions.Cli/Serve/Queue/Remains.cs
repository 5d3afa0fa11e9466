using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>Removes the remains of deleted events from the queue file and its log.</summary>
internal sealed class Remains(string dataFolder, TimeProvider time)
{
    // The largest file that is rewritten while serve runs, because webhooks wait meanwhile. A larger one is rewritten only
    // when serve stops, or by an erasure.
    private const long MostBytes = 64 * 1024 * 1024;

    // At most 1/50 of the time goes to rewriting.
    private const int Share = 50;

    // If another process reads the file for longer, the log is emptied the next time.
    private const int LogTimeoutMilliseconds = 100;

    private readonly FileInfo log = new(Path.Combine(dataFolder, QueueDatabase.FileName + "-wal"));

    // True at the start, because the last process may not have removed its remains.
    private volatile bool mayExist = true;
    private long due = long.MinValue;

    /// <summary>Notes that events were deleted from the file.</summary>
    public void Add() => mayExist = true;

    /// <summary>Removes what remains of deleted events.</summary>
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

    // SQLite overwrites deleted rows, but not the old copy of a row that it moved to another page. VACUUM removes those copies.
    private void Rewrite(SqliteConnection connection)
    {
        var started = time.GetTimestamp();
        // Set this first: events that are deleted from now on need another rewrite.
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
