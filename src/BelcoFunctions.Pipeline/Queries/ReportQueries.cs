using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Reads of a shop's rows what a report needs, without texts and raw events. A request brings 1,000 rows.</summary>
public sealed class ReportQueries(ConversationTable table)
{
    private static readonly string[] ConversationColumns =
    [
        "ConversationId", "Channel", "Status", "StatusAsOf", "StatusSource", "FirstItemId", "CreatedAt", "LastItemAt",
        "FirstCustomerMessageAt", "FirstAgentMessageAt", "Events", ErasureColumns.Through,
    ];

    private static readonly string[] EventColumns =
    [
        "ConversationId", "ItemId", "At", "Kind", "EventName", "RequestId", "EventDate", "ActorType", "ActorId",
    ];

    private readonly RowScan rows = new(table);

    /// <summary>The conversations of a shop, tombstones too, in the order of their keys: unlike the list's order it does not
    /// change while it is read.</summary>
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

    // Figures without a row that cannot be read would be wrong, and nobody would see it.
    private IAsyncEnumerable<T> ReadAsync<T>(string shopId, KeyRange keys, IEnumerable<string> columns,
        Func<TableEntity, T> read, CancellationToken cancellationToken) =>
        rows.ReadAsync(shopId, keys, condition: null, pageRows: null, columns, cancellationToken)
            .Select(row => DamagedRowException.Guard(row, read));

    private static ReportedConversation ToConversation(TableEntity row) => new(row.Required("ConversationId"))
    {
        IsErased = ConversationRow.IsTombstone(row),
        ErasedThrough = row.GetDateTimeOffset(ErasureColumns.Through),
        Channel = row.GetString("Channel"),
        Status = row.GetString("Status"),
        StatusAsOf = row.GetDateTimeOffset("StatusAsOf"),
        StatusIsFromSnapshot = row.GetString("StatusSource") is "snapshot",
        FirstItemId = row.GetString("FirstItemId"),
        CreatedAt = row.GetDateTimeOffset("CreatedAt"),
        LastItemAt = row.GetDateTimeOffset("LastItemAt"),
        FirstCustomerMessageAt = row.GetDateTimeOffset("FirstCustomerMessageAt"),
        FirstAgentMessageAt = row.GetDateTimeOffset("FirstAgentMessageAt"),
        Events = row.GetInt32("Events") ?? 0,
    };

    private static ReportedEvent ToEvent(TableEntity row) => new(
        row.Required("ConversationId"), row.GetDateTimeOffset("At")!.Value, row.GetDateTimeOffset("EventDate")!.Value,
        row.Required("RequestId"), row.Required("ItemId"), row.Required("EventName"))
    {
        Kind = row.GetString("Kind"),
        ActorType = row.GetString("ActorType"),
        ActorId = row.GetString("ActorId"),
    };
}
