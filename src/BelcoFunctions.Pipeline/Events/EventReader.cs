using System.Text.Json;
using System.Text.Unicode;
using static BelcoFunctions.Pipeline.Events.EventField;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Reads a webhook's body. Pure: the same bytes give the same reading on the way in and at every delivery.</summary>
public static class EventReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public static EventReading Read(ReadOnlyMemory<byte> body)
    {
        var json = body.Span;
        if (json.StartsWith(ByteOrderMark)) json = json[ByteOrderMark.Length..];
        if (json.IsEmpty) return new EventReading.Malformed("The body is empty.");
        if (!Utf8.IsValid(json)) return new EventReading.Malformed("The body is not UTF-8.");

        Span<EventFields.JsonValue> values = stackalloc EventFields.JsonValue[(int)Count];
        scoped EventFields fields;
        try
        {
            fields = new EventFields(json, values);
        }
        catch (JsonException exception)
        {
            return new EventReading.Malformed($"The body is not a JSON object: {exception.Message}");
        }

        if (fields.Text(RequestId) is not { Length: > 0 } requestId)
        {
            return new EventReading.Malformed("requestId must be a string that is not empty.");
        }

        if (fields.Text(EventName) is not { Length: > 0 } eventName)
        {
            return new EventReading.Malformed("eventName must be a string that is not empty.");
        }

        var mistake = EventNames.IsProjected(eventName)
            ? EventValidation.FirstMistake(fields)
            : "events of this name are not projected.";
        return mistake is null
            ? new EventReading.Projectable(ToEvent(fields, requestId, eventName, body))
            : new EventReading.Unprojectable(requestId, eventName, fields.Text(ShopId), mistake);
    }

    private static BelcoEvent ToEvent(EventFields fields, string requestId, string eventName, ReadOnlyMemory<byte> raw) => new()
    {
        RequestId = requestId,
        EventName = eventName,
        Date = fields.Time(Date)!.Value,
        ShopId = fields.Text(ShopId)!,
        Conversation = ToSnapshot(fields),
        Item = ToItem(fields),
        Raw = raw,
    };

    private static ConversationSnapshot ToSnapshot(EventFields fields) => new()
    {
        Id = fields.Text(ConversationId)!,
        OrganizationId = fields.Text(OrganizationId),
        CustomerId = fields.Text(CustomerId),
        Channel = fields.Text(Channel),
        Type = fields.Text(ConversationType),
        Status = fields.Text(Status),
        AssignedTo = fields.Text(ConversationAssignedTo),
        FirstItemId = fields.Text(FirstItemId),
        CreatedAt = fields.Time(ConversationCreatedAt),
    };

    private static ConversationItem ToItem(EventFields fields) => new()
    {
        Id = fields.Text(ItemId)!,
        Type = fields.Text(ItemType)!,
        CreatedAt = fields.Time(ItemCreatedAt)!.Value,
        UpdatedAt = fields.Time(UpdatedAt),
        Body = fields.Text(Body),
        Via = fields.Text(Via),
        ViaApi = fields.Has(ViaApi) ? fields.TypeOf(ViaApi) is JsonTokenType.True : null,
        ActorType = fields.Text(ReferenceType),
        ActorId = fields.Text(ReferenceId),
        AssignedTo = fields.Text(MetaAssignedTo),
        PreviousAssignee = fields.Text(MetaPreviousUserId),
        PreviousStatus = fields.Text(MetaStatus),
        Attachments = fields.Has(Attachments) ? JsonText.Mend(fields.Json(Attachments)) : null,
        PageUrl = fields.Text(PageUrl),
        PageTitle = fields.Text(PageTitle),
        PageReferrer = fields.Text(PageReferrer),
    };
}
