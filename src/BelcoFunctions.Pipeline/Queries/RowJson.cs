using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Rows as JSON: column names in camelCase, without columns that have no value.</summary>
internal static class RowJson
{
    private static readonly string[] ConversationColumns =
    [
        "ShopId", "ConversationId", "OrganizationId", "CustomerId", "Channel", "Type",
        "Status", "StatusAsOf", "StatusSource", "AssignedTo", "AssignedToAsOf", "AssignedToSource",
        "FirstItemId", "CreatedAt", "LastItemId", "LastItemAt", "LastClosedAt", "FirstCustomerMessageAt", "FirstAgentMessageAt",
        "LastMessage", "CustomerMessages", "AgentMessages", "Notes", "Assignments", "Closes", "Reopens", "Events",
    ];

    private static readonly string[] TimelineColumns =
    [
        "ShopId", "ConversationId", "ItemId", "At", "Kind", "EventName", "RequestId", "EventDate", "ReceivedAt",
        "ActorType", "ActorId", "Body", "BodyTruncated", "Via", "Attachments", "PageUrl", "PageTitle", "PageReferrer",
        "AssignedTo", "PreviousAssignee", "PreviousStatus", "ViaApi", "UpdatedAt", "RawBlob",
    ];

    /// <summary>The columns that a query of timeline rows selects: all except the raw events.</summary>
    public static IReadOnlyList<string> TimelineSelect { get; } =
        ["RowKey", .. TimelineColumns.Except(RowValues.LongTexts), .. RowValues.LongTexts.SelectMany(RowValues.TextPartNames)];

    /// <exception cref="DamagedRowException"/>
    public static JsonObject OfConversation(TableEntity row) => Read(row, () =>
    {
        var json = Of(row, ConversationColumns);
        var wait = row.GetDateTimeOffset("FirstAgentMessageAt") - row.GetDateTimeOffset("FirstCustomerMessageAt");
        if (wait > TimeSpan.Zero) json["firstResponseSeconds"] = wait.Value.TotalSeconds;
        return json;
    });

    /// <exception cref="DamagedRowException"/>
    public static JsonObject OfTimeline(TableEntity row) => Read(row, () => Of(row, TimelineColumns));

    private static JsonObject Read(TableEntity row, Func<JsonObject> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException or JsonException)
        {
            throw new DamagedRowException(row.RowKey, exception);
        }
    }

    private static JsonObject Of(TableEntity row, IEnumerable<string> columns)
    {
        var json = new JsonObject();
        foreach (var column in columns)
        {
            if (ToNode(row, column) is { } value) json[JsonNamingPolicy.CamelCase.ConvertName(column)] = value;
        }

        return json;
    }

    private static JsonNode? ToNode(TableEntity row, string column) => row[column] switch
    {
        null => null,
        string when column is "Attachments" => JsonNode.Parse(row.GetText(column)!),
        string when RowValues.LongTexts.Contains(column) => row.GetText(column),
        string text => text,
        DateTimeOffset time => EventTime.ToText(time),
        int number => number,
        bool boolean => boolean,
        var other => throw new InvalidOperationException($"The column {column} has a value of type {other.GetType().Name}."),
    };
}
