using System.IO.Hashing;
using System.Text;
using BelcoFunctions.Cli.Serve.Queue;
using Microsoft.Data.Sqlite;

namespace BelcoFunctions.Simulation.Tests.Local;

/// <summary>The queue file of a run: real SQLite, in a folder of its own. A process that is killed closes the file, and its
/// successor opens it again.</summary>
internal sealed class LocalFile : IDisposable
{
    // In memory, because nothing needs to survive a power failure, and a flush to a disk costs more than a schedule.
    private const string MemoryFolder = "/dev/shm";

    private readonly DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(
        Directory.Exists(MemoryFolder) ? MemoryFolder : Path.GetTempPath(), $"belco-simulation-{Guid.NewGuid():N}"));

    private readonly SqliteConnection reader;

    // Reading the file costs more than a step.
    private readonly Dictionary<string, DateTimeOffset?> due = [];
    private ulong? hash;

    /// <param name="content">The file at the start.</param>
    public LocalFile(byte[] content)
    {
        File.WriteAllBytes(Path.Combine(Folder, QueueDatabase.FileName), content);
        reader = QueueDatabase.Open(Folder, create: false);
    }

    public string Folder => folder.FullName;

    /// <summary>How often each event was sent, by its body. An event without an answer is sent again.</summary>
    public Dictionary<string, int> Sent { get; } = [];

    /// <summary>The events that were sent and answered.</summary>
    public HashSet<string> Acknowledged { get; } = [];

    /// <summary>A hash that is equal for equal rows.</summary>
    public ulong Hash => hash ??= HashRows() ^ (ulong)Acknowledged.Count << 56 ^ (ulong)Sent.Values.Sum() << 48;

    /// <summary>The events in the file, except completed ones.</summary>
    public IReadOnlyList<LocalRow> Rows => reader.Query(
        """
        SELECT id, queue, body, payload_blob, 0, visible_at FROM messages WHERE completed_at IS NULL
        UNION ALL SELECT id, queue, body, payload_blob, 1, 0 FROM dead_letters
        """,
        row => new LocalRow(row.GetInt64(0), row.GetString(1), Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(2)),
            row.GetStringOrNull(3), row.GetBoolean(4), row.GetInt64(5)));

    public bool HasCopy(string blob) => LocalPayloads.Get(reader, blob) is not null;

    /// <summary>When the next event of a queue is due; null if none waits.</summary>
    public DateTimeOffset? NextDue(string queue)
    {
        if (!due.TryGetValue(queue, out var next)) due[queue] = next = ReadNextDue(queue);
        return next;
    }

    /// <summary>The file may have changed.</summary>
    public void Forget()
    {
        hash = null;
        due.Clear();
    }

    /// <summary>Whether a text is anywhere in the file or its log.</summary>
    public bool HasBytes(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return folder.EnumerateFiles().Any(file =>
        {
            using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content.AsSpan().IndexOf(bytes) >= 0;
        });
    }

    public void Dispose()
    {
        reader.Dispose();
        folder.Delete(recursive: true);
    }

    private DateTimeOffset? ReadNextDue(string queue) => reader.QuerySingle(
        "SELECT MIN(visible_at) FROM messages WHERE queue = $queue AND completed_at IS NULL",
        row => row.IsDBNull(0) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
        ("$queue", queue));

    private ulong HashRows() => reader.Query(
        """
        SELECT id, queue, request_id, IFNULL(payload_blob, ''), visible_at, delivery_count, failures, IFNULL(completed_at, 0)
            FROM messages
        UNION ALL SELECT id, queue, request_id, IFNULL(payload_blob, ''), dead_lettered_at, delivery_count, -1, 0
            FROM dead_letters
        UNION ALL SELECT 0, '', '', name, stored_at, 0, -2, 0 FROM payloads
        """,
        row => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Join('|', Enumerable.Range(0, 8).Select(row.GetString)))))
        .Aggregate(0UL, (hash, row) => hash ^ row);
}

/// <summary>An event in the queue file.</summary>
/// <param name="DueAt">In Unix milliseconds.</param>
internal sealed record LocalRow(long Id, string Queue, string Body, string? PayloadBlob, bool IsDead, long DueAt);
