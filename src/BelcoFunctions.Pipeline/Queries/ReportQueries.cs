using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Reads what a report needs from a shop's rows, without texts and raw events. A request returns up to 1,000
/// rows.</summary>
public sealed class ReportQueries(ConversationTable table)
{
    private static readonly string[] ConversationColumns =
    [
        Column.ConversationId, Column.Channel, Column.Status, Column.StatusAsOf, Column.StatusSource, Column.FirstItemId,
        Column.CreatedAt, Column.LastItemAt,
        Column.FirstCustomerMessageAt, Column.FirstAgentMessageAt, Column.Events, Column.ErasedThrough,
    ];

    private static readonly string[] EventColumns =
    [
        Column.ConversationId, Column.ItemId, Column.At, Column.Kind, Column.EventName, Column.RequestId, Column.EventDate,
        Column.ActorType, Column.ActorId,
    ];

    private readonly RowScan rows = new(table);

    /// <summary>The conversations of a shop, including tombstones, in the order of their keys. This order does not
    /// change during the read. The order by the last item would.</summary>
    /// <exception cref="StoreUnavailableException">Also if another version of this code wrote a row.</exception>
    /// <exception cref="DamagedRowException"/>
    public IAsyncEnumerable<ReportedConversation> ListConversationsAsync(string shopId, CancellationToken cancellationToken) =>
        ReadAsync(shopId, KeyRange.From(TableKeys.ConversationPrefix), ConversationColumns, ToConversation, cancellationToken);

    /// <summary>All events of a shop. Those of a conversation follow each other, oldest first.</summary>
    /// <inheritdoc cref="ListConversationsAsync" path="/exception"/>
    public IAsyncEnumerable<ReportedEvent> ReadTimelinesAsync(string shopId, CancellationToken cancellationToken) =>
        ReadAsync(shopId, KeyRange.From(TableKeys.TimelinesPrefix), EventColumns, ToEvent, cancellationToken);

    /// <summary>The events of a conversation, oldest first.</summary>
    /// <inheritdoc cref="ListConversationsAsync" path="/exception"/>
    public IAsyncEnumerable<ReportedEvent> ReadTimelineAsync(
        string shopId, string conversationId, CancellationToken cancellationToken) => ReadAsync(
        shopId, KeyRange.From(TableKeys.TimelinePrefix(conversationId)), EventColumns, ToEvent, cancellationToken);

    /// <summary>The status that Belco's API said last, and when; null if it was not read.</summary>
    /// <inheritdoc cref="ListConversationsAsync" path="/exception"/>
    public async Task<ReadField<string>?> FindReadStatusAsync(
        string shopId, string conversationId, CancellationToken cancellationToken) =>
        (await table.FindReadingAsync(shopId, conversationId, cancellationToken))?.Status;

    // Fail on a row that cannot be read: without it the figures would be wrong, and nobody would notice.
    private IAsyncEnumerable<T> ReadAsync<T>(string shopId, KeyRange keys, IEnumerable<string> columns,
        Func<TableEntity, T> read, CancellationToken cancellationToken) =>
        rows.ReadAsync(shopId, keys, condition: null, pageRows: null, columns, cancellationToken)
            .Select(row => DamagedRowException.Guard(row, read));

    private static ReportedConversation ToConversation(TableEntity row) => new(row.Required(Column.ConversationId))
    {
        IsErased = ConversationRow.IsTombstone(row),
        ErasedThrough = row.GetDateTimeOffset(Column.ErasedThrough),
        Channel = row.GetString(Column.Channel),
        Status = row.GetString(Column.Status),
        StatusAsOf = row.GetDateTimeOffset(Column.StatusAsOf),
        StatusIsFromSnapshot = row.GetString(Column.StatusSource) == VersionText.Write(RegisterSource.Snapshot),
        FirstItemId = row.GetString(Column.FirstItemId),
        CreatedAt = row.GetDateTimeOffset(Column.CreatedAt),
        LastItemAt = row.GetDateTimeOffset(Column.LastItemAt),
        FirstCustomerMessageAt = row.GetDateTimeOffset(Column.FirstCustomerMessageAt),
        FirstAgentMessageAt = row.GetDateTimeOffset(Column.FirstAgentMessageAt),
        Events = row.GetInt32(Column.Events) ?? 0,
    };

    private static ReportedEvent ToEvent(TableEntity row) => new(
        row.Required(Column.ConversationId),
        row.RequiredTime(Column.At), row.GetDateTimeOffset(Column.EventDate) ?? row.RequiredTime(Column.At),
        row.GetString(Column.RequestId) ?? "", row.Required(Column.ItemId), row.Required(Column.EventName))
    {
        Kind = row.GetString(Column.Kind),
        ActorType = row.GetString(Column.ActorType),
        ActorId = row.GetString(Column.ActorId),
    };
}
