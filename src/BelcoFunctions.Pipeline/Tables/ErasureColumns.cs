using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The columns of a conversation's or a customer's row that say what was erased.</summary>
internal static class ErasureColumns
{
    public static IReadOnlyList<string> All { get; } =
        [Column.ErasedThrough, Column.ErasedAt, Column.ReceivedThrough, Column.ErasureUnfinished];

    public static void Set(TableEntity row, Erasure? erasure)
    {
        if (erasure is null) return;
        row[Column.ErasedThrough] = erasure.Through;
        row[Column.ErasedAt] = erasure.At;
        if (erasure.ReceivedThrough is { } received) row[Column.ReceivedThrough] = received;
        if (erasure.IsUnfinished) row[Column.ErasureUnfinished] = true;
    }

    /// <summary>Null if nothing was erased.</summary>
    /// <exception cref="InvalidOperationException">A column has another type, or <c>ErasedThrough</c> is missing although
    /// another column is there.</exception>
    public static Erasure? Get(TableEntity row)
    {
        var (through, at) = (row.GetDateTimeOffset(Column.ErasedThrough), row.GetDateTimeOffset(Column.ErasedAt));
        var received = row.GetDateTimeOffset(Column.ReceivedThrough);
        var isUnfinished = row.GetBoolean(Column.ErasureUnfinished);
        if (through is { } moment)
        {
            return new Erasure(moment, at ?? moment) { ReceivedThrough = received, IsUnfinished = isUnfinished ?? false };
        }

        return (at, received, isUnfinished) is (null, null, null)
            ? null : throw new InvalidOperationException($"The column {Column.ErasedThrough} is missing.");
    }
}
