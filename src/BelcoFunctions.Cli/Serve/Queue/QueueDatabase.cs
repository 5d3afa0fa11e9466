using BelcoFunctions.Cli.Output;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>The SQLite file of the local queues. A commit returns only once it is on the disk.</summary>
internal static class QueueDatabase
{
    public const string FileName = "queue.db";

    // Raise it with each change of the schema, or of what a column means: serve and an operator's command of another version
    // may open the same file. Up to version 3, delivery_count also counted the delivery that is not settled yet.
    private const int SchemaVersion = 4;

    // How long to wait for another program that writes. It must be shorter than the receiver's timeout of 5 s.
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(3);

    private const int CompactTries = 5;
    private const int BusyError = 5;

    // Times are Unix milliseconds.
    private const string Schema = """
        CREATE TABLE messages (
            id             INTEGER PRIMARY KEY AUTOINCREMENT,
            queue          TEXT    NOT NULL,
            event_name     TEXT    NOT NULL,
            request_id     TEXT    NOT NULL,
            item_id        TEXT,
            received_at    INTEGER NOT NULL,
            reason         TEXT,
            payload_blob   TEXT,
            trace_parent   TEXT,
            body           BLOB    NOT NULL,
            visible_at     INTEGER NOT NULL,
            delivery_count INTEGER NOT NULL DEFAULT 0,
            failures       INTEGER NOT NULL DEFAULT 0,
            completed_at   INTEGER
        );
        CREATE INDEX messages_due ON messages (queue, visible_at) WHERE completed_at IS NULL;
        CREATE INDEX messages_completed ON messages (completed_at) WHERE completed_at IS NOT NULL;
        CREATE INDEX messages_with_payload ON messages (payload_blob) WHERE payload_blob IS NOT NULL;
        CREATE TABLE payloads (
            name      TEXT    PRIMARY KEY,
            body      BLOB    NOT NULL,
            stored_at INTEGER NOT NULL
        );
        CREATE TABLE dead_letters (
            id                 INTEGER PRIMARY KEY,
            queue              TEXT    NOT NULL,
            event_name         TEXT    NOT NULL,
            request_id         TEXT    NOT NULL,
            item_id            TEXT,
            received_at        INTEGER NOT NULL,
            reason             TEXT,
            payload_blob       TEXT,
            trace_parent       TEXT,
            body               BLOB    NOT NULL,
            delivery_count     INTEGER NOT NULL,
            dead_lettered_at   INTEGER NOT NULL,
            dead_letter_reason TEXT    NOT NULL,
            description        TEXT    NOT NULL
        );
        """;

    // New in version 2. To reach a column stored after a body, SQLite reads the whole body. Without these indexes, counting
    // dead letters and finding unneeded copies would read every body, while webhooks wait.
    private const string Indexes = """
        CREATE INDEX dead_letters_oldest_first ON dead_letters (dead_lettered_at, id, queue, dead_letter_reason);
        CREATE INDEX dead_letters_with_payload ON dead_letters (payload_blob) WHERE payload_blob IS NOT NULL;
        CREATE INDEX payloads_by_age ON payloads (stored_at, name);
        """;

    /// <summary>Opens the file.</summary>
    /// <param name="dataFolder">The folder that has the file.</param>
    /// <param name="create">Whether to create a missing file.</param>
    /// <param name="prepare">Runs before the connection is returned.</param>
    /// <exception cref="CommandException">The file cannot be opened or made private, or another version of belco wrote
    /// it.</exception>
    public static SqliteConnection Open(string dataFolder, bool create, Action<SqliteConnection>? prepare = null)
    {
        var path = PathOf(dataFolder);
        return Connect(path, create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite, connection =>
        {
            // Without secure_delete, the text of a deleted row stays in the file until its space is reused.
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
            Upgrade(connection, path);
            prepare?.Invoke(connection);
        });
    }

    /// <summary>Opens the file to read it. Nothing in it changes: a file of an earlier version is read as it is.</summary>
    /// <returns>Null if the file has no tables yet.</returns>
    /// <exception cref="CommandException">It cannot be opened, or a later version of belco wrote it.</exception>
    public static SqliteConnection? OpenToRead(string dataFolder)
    {
        var version = 0;
        var path = PathOf(dataFolder);
        // Earlier versions have the same tables, with fewer indexes.
        var connection = Connect(path, SqliteOpenMode.ReadOnly, opened => version = ReadKnownVersion(opened, path));
        if (version > 0) return connection;
        connection.Dispose();
        return null;
    }

    private static string PathOf(string dataFolder) => Path.Combine(dataFolder, FileName);

    private static SqliteConnection Connect(string path, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            // The default is 30 seconds, and it overrides busy_timeout.
            DefaultTimeout = (int)BusyTimeout.TotalSeconds,
        }.ToString());
        try
        {
            if (mode is SqliteOpenMode.ReadWriteCreate) PrivateFile.Ensure(path);
            connection.Open();
            connection.Execute($"PRAGMA busy_timeout = {BusyTimeout.TotalMilliseconds}");
            prepare(connection);
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw new CommandException($"The queue file {path} cannot be opened: {exception.Message} "
                + "Check the file and its disk, or choose another data folder with --data.", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            connection.Dispose();
            throw new CommandException($"The queue file {path} belongs to another user, and others may read it. "
                + "Let its owner run chmod 600 on it, or choose another data folder with --data.", exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Rewrites the file without its deleted rows, and empties the log, which still has them. Other programs may use
    /// the file; their writes wait.</summary>
    /// <exception cref="SqliteException">Others keep using the file.</exception>
    public static void Compact(SqliteConnection connection)
    {
        connection.Execute("VACUUM");
        for (var tries = 1; !TryEmptyLog(connection); tries++)
        {
            if (tries == CompactTries) throw new SqliteException("Others keep reading the queue file.", BusyError);
        }
    }

    /// <summary>Whether something failed because others used the file.</summary>
    public static bool IsBusy(Exception exception) =>
        (exception as SqliteException ?? exception.InnerException as SqliteException) is { SqliteErrorCode: BusyError };

    /// <summary>Empties the log. Like each statement, it waits for other users up to the busy timeout.</summary>
    /// <returns>False if others used the log until the timeout.</returns>
    public static bool TryEmptyLog(SqliteConnection connection) =>
        connection.QuerySingle("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt32(0)) == 0;

    private static void Upgrade(SqliteConnection connection, string path)
    {
        var version = ReadKnownVersion(connection, path);
        if (version == SchemaVersion) return;
        connection.InTransaction(() =>
        {
            // Another process may have upgraded the file since the first check.
            version = ReadVersion(connection);
            if (version == 0) connection.Execute(Schema);
            if (version < 2) connection.Execute($"{Indexes} PRAGMA user_version = 2;");
        });
        // Up to version 2, deleted rows stayed in the file.
        if (version < 3) Compact(connection);
        connection.Execute($"PRAGMA user_version = {SchemaVersion}");
    }

    private static int ReadKnownVersion(SqliteConnection connection, string path) => ReadVersion(connection) switch
    {
        >= 0 and <= SchemaVersion and var version => version,
        var version => throw new CommandException(
            $"The queue file {path} has version {version}, but this belco only knows version {SchemaVersion}. "
            + "Use the belco that wrote it, or choose another data folder with --data."),
    };

    private static int ReadVersion(SqliteConnection connection) =>
        connection.QuerySingle("PRAGMA user_version", row => row.GetInt32(0));
}
