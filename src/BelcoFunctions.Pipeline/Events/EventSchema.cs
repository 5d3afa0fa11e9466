using System.Text;
using static BelcoFunctions.Pipeline.Events.EventField;

namespace BelcoFunctions.Pipeline.Events;

/// <summary>What Belco's published samples say about each field: its place, its type, and whether a projection needs
/// it.</summary>
internal sealed class EventSchema
{
    private readonly string name;
    private readonly byte[] utf8Name;
    private readonly EventSchema[] children;

    private EventSchema(EventField field, string name, FieldType type, bool needed, params EventSchema[] children)
    {
        (Field, this.name, utf8Name) = (field, name, Encoding.UTF8.GetBytes(name));
        (Type, Needed, this.children) = (type, needed, children);
        foreach (var child in children) child.Parent = this;
        Descendants = [.. children.SelectMany(child => child.Descendants.Prepend(child))];
    }

    /// <summary>The whole event.</summary>
    public static EventSchema Envelope { get; } =
        Object(EventField.Envelope, "", needed: true,
            Id(RequestId, "requestId", needed: true),
            Text(EventName, "eventName", needed: true),
            Time(Date, "date", needed: true),
            Object(Payload, "payload", needed: true,
                Id(ShopId, "shopId", needed: true),
                Object(Conversation, "conversation", needed: true,
                    Id(ConversationId, "_id", needed: true),
                    Id(OrganizationId, "organizationId"),
                    Id(CustomerId, "customerId"),
                    Text(Channel, "channel"),
                    Text(ConversationType, "type"),
                    Text(Status, "status"),
                    Id(ConversationAssignedTo, "assignedTo"),
                    Id(FirstItemId, "firstItemId"),
                    Id(LastItemId, "lastItemId"),
                    Time(ConversationCreatedAt, "createdAt")),
                Object(Item, "conversation_item", needed: true,
                    Id(ItemId, "_id", needed: true),
                    Text(ItemType, "type", needed: true),
                    Time(ItemCreatedAt, "createdAt", needed: true),
                    OnlyShown(UpdatedAt, "updatedAt", FieldType.Time),
                    Text(Body, "body"),
                    OnlyShown(Via, "via", FieldType.Text),
                    OnlyShown(ViaApi, "viaApi", FieldType.Boolean),
                    OnlyShown(Attachments, "attachments", FieldType.Array),
                    Object(Reference, "reference", needed: false,
                        Text(ReferenceType, "type"),
                        Id(ReferenceId, "_id")),
                    Object(Meta, "meta", needed: false,
                        Id(MetaAssignedTo, "assignedTo"),
                        Id(MetaPreviousUserId, "previousUserId"),
                        Text(MetaStatus, "status")),
                    OnlyShown(PageUrl, "pageUrl", FieldType.Text),
                    OnlyShown(PageTitle, "pageTitle", FieldType.Text),
                    OnlyShown(PageReferrer, "pageReferrer", FieldType.Text),
                    Id(ItemShopId, "shopId"),
                    Id(ItemConversationId, "conversationId"))));

    public EventField Field { get; }

    public EventSchema? Parent { get; private set; }
    public FieldType Type { get; }
    public bool Needed { get; }

    /// <summary>True if nothing depends on the field and it is only shown. A value of another type is ignored, and the event is
    /// projected: otherwise a detail would keep a message out of its conversation.</summary>
    public bool IsOnlyShown { get; private init; }

    /// <summary>The field's own name, like <c>shopId</c>.</summary>
    public string Name => name;

    /// <summary>All fields within this one, in pre-order.</summary>
    public EventSchema[] Descendants { get; }

    /// <summary>The path of the field, like <c>payload.shopId</c>.</summary>
    public string Path => Parent is null || Parent == Envelope ? name : $"{Parent.Path}.{name}";

    /// <summary>The child of that name in UTF-8; null when the name is not known.</summary>
    public EventSchema? Child(ReadOnlySpan<byte> childName)
    {
        foreach (var child in children)
        {
            if (childName.SequenceEqual(child.utf8Name)) return child;
        }

        return null;
    }

    private static EventSchema Object(EventField field, string name, bool needed, params EventSchema[] children) =>
        new(field, name, FieldType.Object, needed, children);

    private static EventSchema Id(EventField field, string name, bool needed = false) => new(field, name, FieldType.Id, needed);

    private static EventSchema Text(EventField field, string name, bool needed = false) =>
        new(field, name, FieldType.Text, needed);

    private static EventSchema Time(EventField field, string name, bool needed = false) =>
        new(field, name, FieldType.Time, needed);

    private static EventSchema OnlyShown(EventField field, string name, FieldType type) =>
        new(field, name, type, needed: false) { IsOnlyShown = true };
}

/// <summary>The types of Belco's fields.</summary>
internal enum FieldType
{
    Object,
    Array,
    Boolean,
    Text,

    /// <summary>A string of 1 to <see cref="EventValidation.MaxIdLength"/> characters without an unpaired surrogate.</summary>
    Id,

    /// <summary>ISO 8601 with an explicit offset.</summary>
    Time,
}
