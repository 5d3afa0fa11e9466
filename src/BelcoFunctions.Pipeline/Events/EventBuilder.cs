using System.Text.Json;
using static BelcoFunctions.Pipeline.Events.EventField;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>Builds the whole event from fields that <see cref="EventValidation"/> has accepted.</summary>
internal static class EventBuilder
{
    /// <param name="requestId">The field of that name; empty for an imported item, which has no <c>date</c> either.</param>
    /// <param name="eventName">The field of that name.</param>
    /// <param name="fields">All fields.</param>
    /// <param name="body">The bytes as they came.</param>
    public static BelcoEvent Build(string requestId, string eventName, in EventFields fields, ReadOnlyMemory<byte> body) => new()
    {
        RequestId = requestId,
        EventName = eventName,
        Date = (fields.Time(Date) ?? fields.Time(ItemCreatedAt))!.Value,
        ShopId = fields.Text(ShopId)!,
        Conversation = ToSnapshot(fields),
        Item = ToItem(fields),
        Raw = body,
    };

    private static ConversationSnapshot ToSnapshot(in EventFields fields) => new()
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

    private static ConversationItem ToItem(in EventFields fields) => new()
    {
        Id = fields.Text(ItemId)!,
        Type = fields.Text(ItemType)!,
        CreatedAt = fields.Time(ItemCreatedAt)!.Value,
        UpdatedAt = fields.Time(UpdatedAt),
        Body = fields.Text(Body),
        Via = fields.Text(Via),
        ViaApi = fields.TypeOf(ViaApi) switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null },
        ActorType = fields.Text(ReferenceType),
        ActorId = fields.Text(ReferenceId),
        AssignedTo = fields.Text(MetaAssignedTo),
        PreviousAssignee = fields.Text(MetaPreviousUserId),
        PreviousStatus = fields.Text(MetaStatus),
        Attachments = fields.TypeOf(Attachments) is JsonTokenType.StartArray
            ? JsonText.WithoutLoneSurrogates(fields.Json(Attachments)) : null,
        PageUrl = fields.Text(PageUrl),
        PageTitle = fields.Text(PageTitle),
        PageReferrer = fields.Text(PageReferrer),
        IgnoredFields = EventValidation.IgnoredFields(fields),
    };
}
