using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Local.Queueing;

/// <summary>The file that the local queues are kept in: SQLite in WAL mode, where a commit is on the disk before it returns.</summary>
internal static class QueueDatabase
{
    public const string FileName = "queue.db";

    // Raised with the schema. The same file is open in serve and in the operator's commands.
    private const int SchemaVersion = 1;

    // While another program writes. Shorter than the time that the receiver gives the queue.
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(3);

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

    /// <summary>Opens the file.</summary>
    /// <param name="dataFolder">Where it is.</param>
    /// <param name="create">Create it where it is missing.</param>
    /// <param name="prepare">What else belongs to its opening.</param>
    /// <exception cref="LocalHostException">It cannot be opened, or another version of belco wrote it.</exception>
    public static SqliteConnection Open(string dataFolder, bool create, Action<SqliteConnection>? prepare = null)
    {
        var path = Path.Combine(dataFolder, FileName);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = create ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadWrite,
            Pooling = false,
            // Without it a command tries for 30 seconds, whatever busy_timeout says.
            DefaultTimeout = (int)BusyTimeout.TotalSeconds,
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute(
                $"PRAGMA busy_timeout = {BusyTimeout.TotalMilliseconds}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            Upgrade(connection, path);
            prepare?.Invoke(connection);
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw new LocalHostException($"The queue file {path} cannot be opened: {exception.Message}", exception);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Upgrade(SqliteConnection connection, string path)
    {
        var version = ReadVersion(connection);
        if (version == SchemaVersion) return;
        if (version != 0)
        {
            throw new LocalHostException(
                $"The queue file {path} has version {version}, and this belco knows version {SchemaVersion}; use the belco that wrote it.");
        }

        using var transaction = connection.BeginTransaction();
        // A serve that starts and a command may both have seen an empty file.
        if (ReadVersion(connection) == 0) connection.Execute(Schema + $"PRAGMA user_version = {SchemaVersion};");
        transaction.Commit();
    }

    private static int ReadVersion(SqliteConnection connection) =>
        connection.QuerySingle("PRAGMA user_version", row => row.GetInt32(0));
}
