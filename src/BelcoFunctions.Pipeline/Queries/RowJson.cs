using System.Text.Json.Nodes;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Rows as JSON, without columns that have no value.</summary>
internal static class RowJson
{
    /// <summary>The columns that a query of timeline rows selects: all except the raw events.</summary>
    public static IReadOnlyList<string> TimelineSelect { get; } =
        [Column.RowKey, .. RowColumns.Timeline.SelectMany(column => column.Stored)];

    /// <exception cref="DamagedRowException"/>
    public static JsonObject OfConversation(TableEntity row) => Of(row, RowColumns.Conversation);

    /// <exception cref="DamagedRowException"/>
    public static JsonObject OfTimeline(TableEntity row) => Of(row, RowColumns.Timeline);

    private static JsonObject Of(TableEntity row, IReadOnlyList<RowColumn> columns)
    {
        var json = new JsonObject();
        foreach (var (column, value) in columns.Zip(RowColumn.Read(columns, row)))
        {
            if (ToNode(column.Type, value) is { } node) json[column.Name] = node;
        }

        return json;
    }

    private static JsonNode? ToNode(ColumnType type, object? value) => value switch
    {
        null => null,
        string text when type is ColumnType.Json => JsonNode.Parse(text),
        string text => text,
        DateTimeOffset time => EventTime.ToText(time),
        int number => number,
        double number => number,
        bool boolean => boolean,
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
