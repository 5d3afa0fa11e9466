using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Http;

/// <summary>Conversations as the read API writes them: names in camelCase in the order of the columns, times in UTC with
/// milliseconds, and no property for a missing value.</summary>
public static class ConversationJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new TimeConverter() },
    };

    internal static byte[] Write(RowPage<ConversationSummary> page) => JsonSerializer.SerializeToUtf8Bytes(
        new ListBody(page.Rows, page.ContinuationToken, page.Notes is { Count: > 0 } notes ? notes : null), Options);

    internal static byte[] Write(ConversationSummary conversation, RowPage<TimelineEntry> timeline) =>
        JsonSerializer.SerializeToUtf8Bytes(new TimelineBody(conversation, timeline.Rows, timeline.ContinuationToken), Options);

    /// <summary>A conversation, so that a program can add to it.</summary>
    public static JsonObject ToNode(ConversationSummary conversation) =>
        JsonSerializer.SerializeToNode(conversation, Options)!.AsObject();

    /// <summary>An event, so that a program can add to it.</summary>
    public static JsonObject ToNode(TimelineEntry entry) => JsonSerializer.SerializeToNode(entry, Options)!.AsObject();

    private sealed record ListBody(
        IReadOnlyList<ConversationSummary> Conversations, string? ContinuationToken, IReadOnlyList<string>? Notes);

    private sealed record TimelineBody(
        ConversationSummary Conversation, IReadOnlyList<TimelineEntry> Timeline, string? ContinuationToken);

    private sealed class TimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(EventTime.ToText(value));
    }
}
