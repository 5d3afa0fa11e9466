using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>The columns of the read API and of exports: the only list of them. docs/querying.md describes each.</summary>
public static class RowColumns
{
    /// <summary>What a conversation has.</summary>
    public static IReadOnlyList<RowColumn> Conversation { get; } =
    [
        .. Texts("ShopId", "ConversationId", "OrganizationId", "CustomerId", "Channel", "Type", "Status"),
        Time("StatusAsOf"), .. Texts("StatusSource", "AssignedTo"), Time("AssignedToAsOf"),
        .. Texts("AssignedToSource", "FirstItemId"), Time("CreatedAt"), .. Texts("LastItemId"),
        Time("LastItemAt"), Time("LastClosedAt"), Time("FirstCustomerMessageAt"), Time("FirstAgentMessageAt"),
        .. Texts("LastMessage"), .. WholeNumbers("LastMessageAttachments"), .. Texts("LastMessageAttachmentName"),
        .. WholeNumbers("CustomerMessages", "AgentMessages", "Notes", "Assignments", "Closes", "Reopens", "Events"),
        RowColumn.Computed("firstResponseSeconds", ["FirstCustomerMessageAt", "FirstAgentMessageAt"], FirstResponseSeconds),
    ];

    /// <summary>What an event in a conversation's timeline has.</summary>
    public static IReadOnlyList<RowColumn> Timeline { get; } =
    [
        .. Texts("ShopId", "ConversationId", "ItemId"), Time("At"), .. Texts("Kind", "EventName", "RequestId"),
        Time("EventDate"), Time("ReceivedAt"), .. Texts("ActorType", "ActorId", "Body"),
        RowColumn.Of("BodyTruncated", ColumnType.Boolean), .. Texts("Via"), RowColumn.Of("Attachments", ColumnType.Json),
        RowColumn.Of("AttachmentsTruncated", ColumnType.Boolean),
        .. Texts("PageUrl", "PageTitle", "PageReferrer", "AssignedTo", "PreviousAssignee", "PreviousStatus"),
        RowColumn.Of("ViaApi", ColumnType.Boolean), Time("UpdatedAt"), .. Texts("IgnoredFields", "RawBlob"),
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
        ["Events", ErasureColumns.Through, .. Conversation.SelectMany(column => column.Stored)];

    /// <summary>The columns of the table that a query of timeline rows selects: all except the raw events.</summary>
    internal static IReadOnlyList<string> TimelineSelect { get; } =
        ["RowKey", .. Timeline.SelectMany(column => column.Stored)];

    private static RowColumn Time(string column) => RowColumn.Of(column, ColumnType.Time);

    private static IEnumerable<RowColumn> Texts(params string[] columns) =>
        columns.Select(column => RowColumn.Of(column, ColumnType.Text));

    private static IEnumerable<RowColumn> WholeNumbers(params string[] columns) =>
        columns.Select(column => RowColumn.Of(column, ColumnType.WholeNumber));

    private static double? FirstResponseSeconds(TableEntity row) => ConversationSummary.SecondsBetween(
        row.GetDateTimeOffset("FirstCustomerMessageAt"), row.GetDateTimeOffset("FirstAgentMessageAt"));
}
