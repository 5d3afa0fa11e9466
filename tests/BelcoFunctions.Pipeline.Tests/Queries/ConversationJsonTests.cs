using System.Text.Json;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Tests.Queries;

/// <summary>The read API and an export have the same values, under the same names and in the same order.</summary>
public sealed class ConversationJsonTests
{
    private static readonly BelcoEvent[] Events = [.. PayloadFiles.Names.Select(name => PayloadFiles.Read(name).ToEvent())];

    private static readonly TableEntity Conversation = ConversationRow.ToEntity(Events.Aggregate(
        new ConversationState(PayloadFiles.ShopId, PayloadFiles.ConversationId), (state, e) => state.Apply(e)));

    private static readonly TableEntity[] Timeline = [.. Events.Select(ToRow)];

    private static readonly JsonElement Written = JsonElement.Parse(ConversationJson.Write(
        ConversationSummary.Read(Conversation), new([.. Timeline.Select(TimelineEntry.Read)], "token")));

    [Fact]
    public void A_conversation_has_the_columns_of_an_export_that_have_a_value() => Assert.Equal(
        Exported(RowColumns.Conversation, Conversation), Fields(Written.GetProperty("conversation")));

    [Fact]
    public void Each_event_of_a_timeline_has_the_columns_of_an_export_that_have_a_value() => Assert.Equal(
        Timeline.Select(row => Exported(RowColumns.Timeline, row)),
        Written.GetProperty("timeline").EnumerateArray().Select(Fields));

    [Fact]
    public void Every_column_has_a_place_in_the_order_of_exports()
    {
        Assert.Equal(RowColumns.Conversation.Select(column => column.Name), Names<ConversationSummary>());
        Assert.Equal(RowColumns.Timeline.Select(column => column.Name), Names<TimelineEntry>());

        static IEnumerable<string> Names<T>() =>
            typeof(T).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
    }

    // With all fields that a sample may lack.
    private static TableEntity ToRow(BelcoEvent e)
    {
        var row = TimelineRow.ToEntity(e, EventFactory.Start, payloadBlob: null);
        row["Attachments"] = """[ {"name": "caf\u00e9 <1>.png", "size": 1.50} ]""";
        (row["BodyTruncated"], row["ViaApi"], row["UpdatedAt"]) = (true, false, EventFactory.Start);
        return row;
    }

    private static IEnumerable<string> Exported(IReadOnlyList<RowColumn> columns, TableEntity row) =>
        from each in columns.Zip(RowColumn.Read(columns, row))
        where each.Second is not null
        select $"{each.First.Name}: {(each.First.Type is ColumnType.Json
            ? JsonSerializer.Serialize(JsonElement.Parse((string)each.Second)) : JsonSerializer.Serialize(each.Second switch
            {
                DateTimeOffset time => EventTime.ToText(time),
                var value => value,
            }))}";

    private static IEnumerable<string> Fields(JsonElement json) =>
        json.EnumerateObject().Select(field => $"{field.Name}: {field.Value.GetRawText()}");
}
