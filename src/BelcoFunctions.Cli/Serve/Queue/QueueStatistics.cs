using BelcoFunctions.Pipeline.Queueing;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Cli.Serve.Queue;

/// <summary>What waits in a queue.</summary>
/// <param name="Queue">One of <see cref="QueueNames"/>.</param>
/// <param name="Depth">How many events wait.</param>
/// <param name="OldestReceivedAt">When the webhook of the oldest one was received; null when none waits.</param>
/// <param name="DeadLetters">How many dead letters it has.</param>
internal sealed record QueueStatistics(string Queue, int Depth, DateTimeOffset? OldestReceivedAt, int DeadLetters)
{
    public static IReadOnlyList<QueueStatistics> Read(SqliteConnection connection)
    {
        var waiting = connection.Query(
            "SELECT queue, COUNT(*), MIN(received_at) FROM messages WHERE completed_at IS NULL GROUP BY queue",
            row => (Queue: row.GetString(0), Depth: row.GetInt32(1),
                Oldest: DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))))
            .ToDictionary(row => row.Queue);
        var dead = connection.Query("SELECT queue, COUNT(*) FROM dead_letters GROUP BY queue",
            row => (Queue: row.GetString(0), Count: row.GetInt32(1))).ToDictionary(row => row.Queue, row => row.Count);
        return
        [
            .. QueueNames.All.Select(name => waiting.TryGetValue(name, out var row)
                ? new QueueStatistics(name, row.Depth, row.Oldest, dead.GetValueOrDefault(name))
                : new QueueStatistics(name, 0, null, dead.GetValueOrDefault(name))),
        ];
    }
}
