namespace BelcoFunctions.Pipeline.Events;

/// <summary>What Belco told of an item: a valid event of one of the six types that are projected, or an item that import read
/// from Belco's API. The item says what happened. A webhook's conversation is a snapshot that Belco read near the time of
/// dispatch, before or after the change. An imported item has no snapshot, only the id of its conversation.</summary>
public sealed record BelcoEvent
{
    /// <summary>Empty for an imported item.</summary>
    public required string RequestId { get; init; }

    public required string EventName { get; init; }

    /// <summary>When Belco dispatched the event: a few seconds after <see cref="ConversationItem.CreatedAt"/>. For an imported
    /// item, its <see cref="ConversationItem.CreatedAt"/>: when it was read says nothing about it.</summary>
    public required DateTimeOffset Date { get; init; }

    public required string ShopId { get; init; }

    public required ConversationSnapshot Conversation { get; init; }

    public required ConversationItem Item { get; init; }

    /// <summary>The body as it came, byte for byte.</summary>
    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>The customer in the snapshot, and the customer who acted.</summary>
    public IEnumerable<string> CustomerIds
    {
        get
        {
            if (Conversation.CustomerId is { } customerId) yield return customerId;
            if (ConversationItem.SideOf(Item.ActorType) is MessageSide.Customer
                && Item.ActorId is { } actorId && actorId != Conversation.CustomerId)
            {
                yield return actorId;
            }
        }
    }

    /// <summary>Whether import read the item from Belco's API.</summary>
    public bool IsImported => EventName is EventNames.ItemImported;

    /// <summary>One of <see cref="ItemKind"/>.</summary>
    public string Kind => ItemKind.From(EventName, Item.Type);

    public ItemIdentity Identity => new(ShopId, Conversation.Id, Item.CreatedAt, Item.Id, Kind);
}
