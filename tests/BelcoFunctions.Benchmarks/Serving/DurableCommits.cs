using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Benchmarks.Serving;

/// <summary>The cheapest durable answer: one prepared insert, on its own thread. Bodies that arrive during a commit share the
/// next one.</summary>
internal sealed class DurableCommits : IDisposable
{
    private readonly object gate = new();
    private readonly SqliteConnection connection;
    private readonly Thread writer;
    private List<(byte[] Body, TaskCompletionSource Done)> waiting = [], writing = [];
    private bool ended;

    public DurableCommits(string file)
    {
        connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var schema = connection.CreateCommand();
        schema.CommandText = """
            PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE bodies (id INTEGER PRIMARY KEY, body BLOB NOT NULL)
            """;
        schema.ExecuteNonQuery();
        writer = new Thread(Write) { IsBackground = true };
        writer.Start();
    }

    /// <summary>Returns once the body is on the disk.</summary>
    public Task AddAsync(byte[] body)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Add((body, done));
            Monitor.Pulse(gate);
        }

        return done.Task;
    }

    public void Dispose()
    {
        lock (gate)
        {
            ended = true;
            Monitor.Pulse(gate);
        }

        writer.Join();
        connection.Dispose();
    }

    private void Write()
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO bodies (body) VALUES ($body)";
        var parameter = insert.Parameters.Add("$body", SqliteType.Blob);
        while (Take())
        {
            using var transaction = insert.Transaction = connection.BeginTransaction();
            foreach (var (body, _) in writing)
            {
                parameter.Value = body;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
            foreach (var (_, done) in writing) done.SetResult();
            writing.Clear();
        }
    }

    private bool Take()
    {
        lock (gate)
        {
            while (waiting.Count == 0 && !ended) Monitor.Wait(gate);
            (waiting, writing) = (writing, waiting);
            return !ended;
        }
    }
}
