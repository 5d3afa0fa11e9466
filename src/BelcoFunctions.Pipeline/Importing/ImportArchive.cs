using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>What the archive has of a shop, and which conversations were read completely.</summary>
internal sealed class ImportArchive(ConversationTable table, RetentionSettings retention)
{
    private readonly RowScan scan = new(table);

    /// <summary>What the archive knows of each conversation, by its id. A damaged value counts as missing, so that its
    /// conversation is read. So does a reading after which a retention shorter than today's left the conversation out.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="AnotherVersionException"/>
    /// <exception cref="DamagedRowException">A row does not say its version.</exception>
    public async Task<Dictionary<string, ArchivedConversation>> ReadAsync(string shopId, CancellationToken cancellationToken)
    {
        Dictionary<string, ArchivedConversation> conversations = new(StringComparer.Ordinal);
        string[] columns = [Column.ConversationId, Column.LastItemAt];
        await foreach (var row in scan.ReadAsync(
            shopId, KeyRange.From(TableKeys.ConversationPrefix), null, null, columns, cancellationToken))
        {
            if (row[Column.ConversationId] is not string id) continue;
            conversations[id] = new(row[Column.LastItemAt] as DateTimeOffset?, null, null);
        }

        await foreach (var row in scan.ReadAsync(
            shopId, KeyRange.From(TableKeys.ListedPrefix), null, null, ListedRow.Columns, cancellationToken))
        {
            if (row[Column.ConversationId] is not string id) continue;
            conversations[id] = conversations.GetValueOrDefault(id) with
            {
                ReadAt = HadShorterRetention(row) ? null : row[Column.ReadAt] as DateTimeOffset?,
                ListedHash = row[Column.ListedHash] as string,
            };
        }

        return conversations;
    }

    // The hash of the entry does not change with the setting.
    private bool HadShorterRetention(TableEntity row) => row[Column.PastRetentionDays] is int days
        && (retention.ClosedConversationDays is not { } today || today > days);

    /// <summary>Records that a conversation was read completely.</summary>
    /// <inheritdoc cref="ListedRow.ToEntity" path="/param"/>
    /// <exception cref="StoreUnavailableException"/>
    public Task WasReadAsync(string shopId, string conversationId, DateTimeOffset readAt, string? listedHash,
        int? pastRetentionDays, CancellationToken cancellationToken) => StoreError.Guard(() => table.Client.UpsertEntityAsync(
            ListedRow.ToEntity(shopId, conversationId, readAt, listedHash, pastRetentionDays), TableUpdateMode.Replace,
            cancellationToken), cancellationToken);
}
