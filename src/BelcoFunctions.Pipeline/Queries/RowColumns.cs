using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>The columns of the read API and of exports: the only list of them. docs/querying.md describes each.</summary>
public static class RowColumns
{
    /// <summary>The columns of a conversation.</summary>
    public static IReadOnlyList<RowColumn> Conversation { get; } =
    [
        .. Texts(Column.ShopId, Column.ConversationId, Column.OrganizationId, Column.CustomerId),
        .. Texts(Column.Channel, Column.Type, Column.Status), Time(Column.StatusAsOf),
        .. Texts(Column.StatusSource, Column.AssignedTo), Time(Column.AssignedToAsOf),
        .. Texts(Column.AssignedToSource, Column.FirstItemId), Time(Column.CreatedAt),
        .. Texts(Column.Subject, Column.LastItemId),
        Time(Column.LastItemAt), Time(Column.LastClosedAt), Time(Column.FirstCustomerMessageAt), Time(Column.FirstAgentMessageAt),
        Time(Column.LastCustomerMessageAt), Time(Column.LastAgentMessageAt),
        .. Texts(Column.LastMessage), .. WholeNumbers(Column.LastMessageAttachments), .. Texts(Column.LastMessageAttachmentName),
        .. WholeNumbers(Column.CustomerMessages, Column.AgentMessages, Column.Notes, Column.Assignments),
        .. WholeNumbers(Column.Closes, Column.Reopens, Column.Events),
        RowColumn.Computed("firstResponseSeconds",
            [Column.FirstCustomerMessageAt, Column.FirstAgentMessageAt], FirstResponseSeconds),
    ];

    /// <summary>The columns of an event in a timeline.</summary>
    public static IReadOnlyList<RowColumn> Timeline { get; } =
    [
        .. Texts(Column.ShopId, Column.ConversationId, Column.ItemId), Time(Column.At),
        .. Texts(Column.Kind, Column.EventName, Column.RequestId),
        Time(Column.EventDate), Time(Column.ReceivedAt), .. Texts(Column.ActorType, Column.ActorId, Column.Body),
        RowColumn.Create(Column.BodyTruncated, ColumnType.Boolean), .. Texts(Column.Via),
        RowColumn.Create(Column.Attachments, ColumnType.Json), RowColumn.Create(Column.AttachmentsTruncated, ColumnType.Boolean),
        .. Texts(Column.PageUrl, Column.PageTitle, Column.PageReferrer),
        .. Texts(Column.AssignedTo, Column.PreviousAssignee, Column.PreviousStatus),
        RowColumn.Create(Column.ViaApi, ColumnType.Boolean), Time(Column.UpdatedAt),
        .. Texts(Column.IgnoredFields, Column.RawBlob),
    ];

    /// <summary>An event as Belco sent it, and what identifies it.</summary>
    public static IReadOnlyList<RowColumn> Event { get; } =
    [
        .. Timeline.Where(column => column.Name is
            "shopId" or "conversationId" or "itemId" or "at" or "eventName" or "requestId" or "receivedAt"),
        RowColumn.Bytes("raw"),
    ];

    /// <summary>The columns of the table that a query of conversations selects.</summary>
    internal static IReadOnlyList<string> ConversationSelect { get; } =
        [Column.Events, Column.ErasedThrough, .. Conversation.SelectMany(column => column.Stored)];

    /// <summary>The columns of the table that a query of timeline rows selects: all except the raw events.</summary>
    internal static IReadOnlyList<string> TimelineSelect { get; } =
        [Column.RowKey, .. Timeline.SelectMany(column => column.Stored)];

    private static RowColumn Time(string column) => RowColumn.Create(column, ColumnType.Time);

    private static IEnumerable<RowColumn> Texts(params string[] columns) =>
        columns.Select(column => RowColumn.Create(column, ColumnType.Text));

    private static IEnumerable<RowColumn> WholeNumbers(params string[] columns) =>
        columns.Select(column => RowColumn.Create(column, ColumnType.WholeNumber));

    private static double? FirstResponseSeconds(TableEntity row) => ConversationSummary.SecondsBetween(
        row.GetDateTimeOffset(Column.FirstCustomerMessageAt), row.GetDateTimeOffset(Column.FirstAgentMessageAt));
}
