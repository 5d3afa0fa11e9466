using System.Text.Json;
using System.Text.Unicode;
using static BelcoFunctions.Pipeline.Events.EventField;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Reads a webhook's body. The same bytes always give the same result, when they are received and at every
/// delivery.</summary>
public static class EventReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private delegate T Build<T>(string requestId, string eventName, in EventFields fields, ReadOnlyMemory<byte> body);

    /// <summary>The whole event, for a projection. Also reads the body of an imported item, which has no
    /// <c>requestId</c>.</summary>
    public static EventReading<BelcoEvent> Read(ReadOnlyMemory<byte> body) =>
        Read(body, EventBuilder.Build, acceptsImported: true);

    /// <summary>Reads only what routing needs of the event. Makes the same checks as reading the whole event, at a fraction
    /// of the cost. The body of an imported item is malformed here: it cannot be a webhook's.</summary>
    /// <param name="withConversation">Whether to read the shop and the conversation too, which routing does not need.</param>
    public static EventReading<EventRoute> ReadRoute(ReadOnlyMemory<byte> body, bool withConversation = false) =>
        Read(body, withConversation ? BuildRouteAndConversation : (Build<EventRoute>)BuildRoute, acceptsImported: false);

    private static EventReading<T> Read<T>(ReadOnlyMemory<byte> body, Build<T> build, bool acceptsImported)
    {
        var json = WithoutByteOrderMark(body);
        if (json.IsEmpty) return new EventReading<T>.Malformed("The body is empty.");
        if (!Utf8.IsValid(json.Span)) return new EventReading<T>.Malformed("The body is not UTF-8.");

        scoped EventFields fields;
        try
        {
            fields = new EventFields(json.Span, stackalloc EventFields.JsonValue[(int)Count]);
        }
        catch (JsonException exception)
        {
            return new EventReading<T>.Malformed($"The body is not a JSON object: {Describe(exception)}");
        }

        if (acceptsImported && !fields.Has(RequestId) && fields.Text(EventName) is EventNames.ItemImported)
        {
            return EventValidation.FirstErrorOfImported(fields) is { } unfit
                ? new EventReading<T>.Malformed(unfit)
                : new EventReading<T>.Projectable(build("", EventNames.ItemImported, fields, body));
        }

        if (fields.Text(RequestId) is not { Length: > 0 } requestId)
        {
            return new EventReading<T>.Malformed("requestId must be a string that is not empty.");
        }

        if (fields.Text(EventName) is not { Length: > 0 } eventName)
        {
            return new EventReading<T>.Malformed("eventName must be a string that is not empty.");
        }

        var error = EventNames.IsProjected(eventName)
            ? EventValidation.FirstError(fields)
            : "events of this name are not projected.";
        return error is null
            ? new EventReading<T>.Projectable(build(requestId, eventName, fields, body))
            : new EventReading<T>.Unprojectable(requestId, eventName, fields.Text(ShopId), error) { Date = fields.Time(Date) };
    }

    private static EventRoute BuildRoute(string requestId, string eventName, in EventFields fields, ReadOnlyMemory<byte> body) =>
        new(requestId, eventName, fields.Text(ItemId)!, fields.Time(ItemCreatedAt)!.Value);

    private static EventRoute BuildRouteAndConversation(
        string requestId, string eventName, in EventFields fields, ReadOnlyMemory<byte> body) =>
        BuildRoute(requestId, eventName, fields, body) with
        {
            ShopId = fields.Text(ShopId),
            ConversationId = fields.Text(ConversationId),
        };

    // Many of the reader's messages quote the body, which must not be shown or logged with the reason.
    private static string Describe(JsonException exception) => exception.Message.Contains('\'', StringComparison.Ordinal)
        ? $"it has an error in line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}." : exception.Message;

    /// <summary>The same bytes without the byte order mark that JSON in UTF-8 may begin with.</summary>
    public static ReadOnlyMemory<byte> WithoutByteOrderMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith(ByteOrderMark) ? body[ByteOrderMark.Length..] : body;
}
