using Azure;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The row of what Belco's API said of a conversation: each field, and the moment when it was read. It is written only
/// in a transaction that also writes the conversation's row.</summary>
internal static class ReadingRow
{
    public static TableEntity ToEntity(string shopId, string conversationId, ConversationReading reading)
    {
        var row = new TableEntity(TableKeys.Escape(shopId), TableKeys.Reading(conversationId));
        row.Set(Column.ShopId, shopId);
        row.Set(Column.ConversationId, conversationId);
        Set(row, Column.Status, reading.Status);
        Set(row, Column.AssignedTo, reading.AssignedTo);
        Set(row, Column.OrganizationId, reading.OrganizationId);
        Set(row, Column.CustomerId, reading.CustomerId);
        Set(row, Column.Channel, reading.Channel);
        Set(row, Column.Type, reading.Type);
        Set(row, Column.FirstItemId, reading.FirstItemId);
        Set(row, Column.CreatedAt, reading.CreatedAt);
        Set(row, Column.Subject, reading.Subject);
        row.Set(Column.SchemaVersion, RowValues.SchemaVersion);
        return row;
    }

    /// <summary>Writes the reading, or deletes the row. The ETag of the conversation's row, in the same transaction, shows
    /// whether another writer came between.</summary>
    /// <param name="reading">The whole reading; null to delete the row, which must exist.</param>
    public static TableTransactionAction ToAction(string shopId, string conversationId, ConversationReading? reading) =>
        reading is null
            ? new(TableTransactionActionType.Delete,
                new TableEntity(TableKeys.Escape(shopId), TableKeys.Reading(conversationId)), ETag.All)
            : new(TableTransactionActionType.UpsertReplace, ToEntity(shopId, conversationId, reading));

    /// <exception cref="DamagedRowException"/>
    public static ConversationReading Read(TableEntity stored) => DamagedRowException.Guard(stored, row => new ConversationReading
    {
        Status = Get(row, Column.Status),
        AssignedTo = Get(row, Column.AssignedTo),
        OrganizationId = Get(row, Column.OrganizationId),
        CustomerId = Get(row, Column.CustomerId),
        Channel = Get(row, Column.Channel),
        Type = Get(row, Column.Type),
        FirstItemId = Get(row, Column.FirstItemId),
        CreatedAt = ReadAt(row, Column.CreatedAt) is { } readAt ? new(row.GetDateTimeOffset(Column.CreatedAt), readAt) : null,
        Subject = Get(row, Column.Subject),
    });

    private static void Set<T>(TableEntity row, string column, ReadField<T>? field)
    {
        if (field is not { } read) return;
        row.Set(column, read.Value);
        row.Set(Column.ReadAtOf(column), read.ReadAt);
    }

    private static ReadField<string>? Get(TableEntity row, string column) =>
        ReadAt(row, column) is { } readAt ? new(row.GetString(column), readAt) : null;

    private static DateTimeOffset? ReadAt(TableEntity row, string column) => row.GetDateTimeOffset(Column.ReadAtOf(column));
}
