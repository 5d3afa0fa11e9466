using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>The row that says that a conversation need not be read again: when it was read completely, or Belco did not have it
/// in the shop, and the hash of its entry in Belco's list before that. It stays when the conversation is erased. It names
/// nobody.</summary>
internal static class ListedRow
{
    public static IReadOnlyList<string> Columns { get; } = [Column.ConversationId, Column.ReadAt, Column.ListedHash];

    public static TableEntity ToEntity(string shopId, string conversationId, DateTimeOffset readAt, string? listedHash)
    {
        var row = new TableEntity(TableKeys.Escape(shopId), TableKeys.Listed(conversationId));
        row.Set(Column.ShopId, shopId);
        row.Set(Column.ConversationId, conversationId);
        row.Set(Column.ReadAt, readAt);
        row.Set(Column.ListedHash, listedHash);
        row.Set(Column.SchemaVersion, RowValues.SchemaVersion);
        return row;
    }
}
