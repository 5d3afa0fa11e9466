using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>Adds an event to its queue. It uses SQLite directly: a webhook waits for this, and Microsoft.Data.Sqlite would
/// create an object for each value.</summary>
internal sealed class EnqueueStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public EnqueueStatement(SqliteConnection connection)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database,
            """
            INSERT INTO messages
                (queue, event_name, request_id, item_id, received_at, reason, payload_blob, trace_parent, body, visible_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            """, out statement));
    }

    public void Run(QueuedEvent queuedEvent)
    {
        Bind(1, queuedEvent.Queue);
        Bind(2, queuedEvent.EventName);
        Bind(3, queuedEvent.RequestId);
        Bind(4, queuedEvent.ItemId);
        Check(raw.sqlite3_bind_int64(statement, 5, queuedEvent.ReceivedAt.ToUnixTimeMilliseconds()));
        Bind(6, queuedEvent.Reason);
        Bind(7, queuedEvent.PayloadBlob);
        Bind(8, queuedEvent.TraceParent);
        Check(raw.sqlite3_bind_blob(statement, 9, queuedEvent.Body.Span));
        var result = raw.sqlite3_step(statement);
        // Ignore the result: it repeats the error of the last step.
        raw.sqlite3_reset(statement);
        Check(result);
    }

    public void Dispose() => statement.Dispose();

    private void Bind(int index, string? text) => Check(
        text is null ? raw.sqlite3_bind_null(statement, index) : raw.sqlite3_bind_text(statement, index, text));

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);
}
