using System.Text.Json;
using static BelcoFunctions.Pipeline.Events.EventField;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Builds the whole event of a body that <see cref="EventReader"/> has found projectable.</summary>
internal static class EventBuilder
{
    public static BelcoEvent Build(ReadOnlyMemory<byte> body)
    {
        var json = EventReader.WithoutByteOrderMark(body).Span;
        var fields = new EventFields(json, stackalloc EventFields.JsonValue[(int)Count]);
        return new BelcoEvent
        {
            RequestId = fields.Text(RequestId)!,
            EventName = fields.Text(EventName)!,
            Date = fields.Time(Date)!.Value,
            ShopId = fields.Text(ShopId)!,
            Conversation = ToSnapshot(fields),
            Item = ToItem(fields),
            Raw = body,
        };
    }

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
        Attachments = fields.Has(Attachments) ? JsonText.WithoutLoneSurrogates(fields.Json(Attachments)) : null,
        PageUrl = fields.Text(PageUrl),
        PageTitle = fields.Text(PageTitle),
        PageReferrer = fields.Text(PageReferrer),
    };
}
