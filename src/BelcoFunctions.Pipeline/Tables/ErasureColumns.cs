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

    public static Erasure? Get(TableEntity row) => row.GetDateTimeOffset(Through) is { } through
        ? new Erasure(through, row.GetDateTimeOffset(At) ?? through)
        {
            ReceivedThrough = row.GetDateTimeOffset(ReceivedThrough),
            IsUnfinished = row.GetBoolean(Unfinished) ?? false,
        }
        : null;
}
