using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>The row that says that a conversation need not be read again: when it was read completely, or Belco did not have it
/// in the shop, and the hash of its entry in Belco's list before that. It stays when the conversation is erased. It names
/// nobody.</summary>
internal static class ListedRow
{
    public static IReadOnlyList<string> Columns { get; } =
        [Column.ConversationId, Column.ReadAt, Column.ListedHash, Column.PastRetentionDays];

    /// <param name="shopId">The shop.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="readAt">When it was read.</param>
    /// <param name="listedHash">The hash of its entry in Belco's list; null if it was not in the list.</param>
    /// <param name="pastRetentionDays">The retention because of which nothing of it was written; null if it was
    /// written.</param>
    public static TableEntity ToEntity(
        string shopId, string conversationId, DateTimeOffset readAt, string? listedHash, int? pastRetentionDays)
    {
        var row = new TableEntity(TableKeys.Escape(shopId), TableKeys.Listed(conversationId));
        row.Set(Column.ShopId, shopId);
        row.Set(Column.ConversationId, conversationId);
        row.Set(Column.ReadAt, readAt);
        row.Set(Column.ListedHash, listedHash);
        row.Set(Column.PastRetentionDays, pastRetentionDays);
        row.Set(Column.SchemaVersion, RowValues.SchemaVersion);
        return row;
    }
}
