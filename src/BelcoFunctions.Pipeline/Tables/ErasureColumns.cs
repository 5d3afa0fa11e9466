using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The columns of a conversation's or a customer's row that say what was erased.</summary>
internal static class ErasureColumns
{
    public const string Through = "ErasedThrough";
    public const string Unfinished = "ErasureUnfinished";
    public const string ReceivedThrough = "ReceivedThrough";

    private const string At = "ErasedAt";

    public static IReadOnlyList<string> All { get; } = [Through, At, ReceivedThrough, Unfinished];

    public static void Set(TableEntity row, Erasure? erasure)
    {
        if (erasure is null) return;
        row[Through] = erasure.Through;
        row[At] = erasure.At;
        if (erasure.ReceivedThrough is { } received) row[ReceivedThrough] = received;
        if (erasure.IsUnfinished) row[Unfinished] = true;
    }

    /// <summary>Null if nothing was erased.</summary>
    /// <exception cref="InvalidOperationException">A column has another type, or the moment is missing beside the
    /// others.</exception>
    public static Erasure? Get(TableEntity row)
    {
        var (through, at) = (row.GetDateTimeOffset(Through), row.GetDateTimeOffset(At));
        var (received, isUnfinished) = (row.GetDateTimeOffset(ReceivedThrough), row.GetBoolean(Unfinished));
        if (through is { } moment)
        {
            return new Erasure(moment, at ?? moment) { ReceivedThrough = received, IsUnfinished = isUnfinished ?? false };
        }

        return (at, received, isUnfinished) is (null, null, null)
            ? null : throw new InvalidOperationException($"The column {Through} is missing.");
    }
}
