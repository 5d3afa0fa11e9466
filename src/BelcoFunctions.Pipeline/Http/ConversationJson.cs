using System.Text.Json;
using System.Text.Json.Serialization;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Http;

/// <summary>Conversations as the read API writes them: names in camelCase in the order of the columns, times in UTC with
/// milliseconds, and no property for a missing value.</summary>
internal static class ConversationJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new TimeConverter() },
    };

    public static byte[] Write(RowPage<ConversationSummary> page) =>
        JsonSerializer.SerializeToUtf8Bytes(
        new ListBody(page.Rows, page.ContinuationToken, page.Notes is { Count: > 0 } notes ? notes : null), Options);

    public static byte[] Write(ConversationSummary conversation, RowPage<TimelineEntry> timeline) =>
        JsonSerializer.SerializeToUtf8Bytes(new TimelineBody(conversation, timeline.Rows, timeline.ContinuationToken), Options);

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
