using System.Collections.Concurrent;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The rows that an erasure found and could not erase. Each row counts once, however many events depend on
/// it.</summary>
public sealed class RemainingRows
{
    private readonly ConcurrentDictionary<(string PartitionKey, string RowKey), GiveUpReason> rows = [];

    public int Count => rows.Count;

    /// <summary>The keys of the rows that another program damaged: only a person can correct them.</summary>
    public IReadOnlyList<(string PartitionKey, string RowKey)> Damaged =>
        [.. rows.Where(row => row.Value is GiveUpReason.DamagedRow).Select(row => row.Key).Order()];

    /// <summary>True if repeating the request now may erase some of the rows. They remain only because other writers kept
    /// changing them.</summary>
    public bool AnyMaySucceed => rows.Values.Contains(GiveUpReason.Conflicts);

    internal void Add(string partitionKey, string rowKey, GiveUpReason reason) => rows[(partitionKey, rowKey)] = reason;

    /// <summary>Adds the conversation if it was given up, and removes it if it was erased after all.</summary>
    internal void Judge(string shopId, string conversationId, GiveUpReason? givenUp)
    {
        var keys = (TableKeys.Escape(shopId), TableKeys.Conversation(conversationId));
        if (givenUp is { } reason) rows[keys] = reason;
        else rows.TryRemove(keys, out _);
    }
}
