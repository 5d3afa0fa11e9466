using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>What a webhook or an import told of an item, and who told it.</summary>
/// <param name="RequestId">The webhook's id; empty if import read the item from Belco's API.</param>
/// <param name="Raw">The body, or null if <paramref name="RawBlob"/> has it or the row is damaged.</param>
/// <param name="RawBlob">The blob with the body, if it is large.</param>
internal sealed record Telling(string RequestId, ReadOnlyMemory<byte>? Raw, string? RawBlob)
{
    /// <summary>The columns to select.</summary>
    public static IReadOnlyList<string> Columns { get; } = [Column.RequestId, .. RawEvent.Columns];

    /// <summary>Reads a timeline row. A damaged column counts as empty.</summary>
    public static Telling From(TableEntity row) => new(
        row[Column.RequestId] as string ?? "",
        // Without the cast, null would become an empty body.
        RawEvent.TryRead(row) is { RawBlob: null, Raw: var raw } ? (ReadOnlyMemory<byte>?)raw : null,
        row[Column.RawBlob] as string);

    /// <summary>Whether the same webhook told it. What the API tells may change between two readings.</summary>
    public bool IsOfSameWebhook(BelcoEvent e) => !e.IsImported && RequestId == e.RequestId;
}
