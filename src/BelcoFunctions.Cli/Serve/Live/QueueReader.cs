using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Viewer.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Serve.Live;

/// <summary>Reads the queues once for all pages and listeners. It reads again only if the file has changed, at most once in
/// <see cref="Interval"/>. If reading takes long, because many events wait, it reads less often.</summary>
internal sealed partial class QueueReader(SqliteQueue queue, TimeProvider time, ILogger<QueueReader> logger) : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // At most 1/50 of the time goes to reading.
    private const int Share = 50;

    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private SqliteConnection? connection;
    private IReadOnlyList<QueueState> queues = [];
    private long dataVersion = -1;
    private DateTimeOffset due = DateTimeOffset.MinValue;

    /// <summary>How many times the queues were counted, which is the expensive part.</summary>
    public int Counts { get; private set; }

    /// <summary>The queues; the same list for as long as nothing changed.</summary>
    public IReadOnlyList<QueueState> Read()
    {
        lock (gate)
        {
            if (time.GetUtcNow() < due) return queues;
            var started = time.GetTimestamp();
            try
            {
                ReadIfChanged();
                var took = time.GetElapsedTime(started) * Share;
                due = time.GetUtcNow() + (took > Interval ? took : Interval);
            }
            catch (Exception exception) when (exception is SqliteException or CommandException)
            {
                // The pumps log the same error, with advice.
                LogFailed(logger, exception.Message);
                due = time.GetUtcNow() + PauseAfterError;
            }

            return queues;
        }
    }

    public void Dispose()
    {
        lock (gate) connection?.Dispose();
    }

    private void ReadIfChanged()
    {
        connection ??= queue.OpenConnection();
        // This number changes when another connection has changed the file, even a connection of another process.
        var current = connection.QuerySingle("PRAGMA data_version", row => row.GetInt64(0));
        if (current == dataVersion) return;
        Counts++;
        IReadOnlyList<QueueState> read =
        [
            .. QueueStatistics.Read(connection)
                .Select(each => new QueueState(each.Queue, each.Depth, each.OldestReceivedAt, each.DeadLetters)),
        ];
        // Deleting completed events changes the file, but not these numbers. Then keep the same list.
        if (!read.SequenceEqual(queues)) queues = read;
        dataVersion = current;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queues could not be counted for the page Live: {Error}")]
    private static partial void LogFailed(ILogger logger, string error);
}
