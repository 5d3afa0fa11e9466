namespace BelcoFunctions.Pipeline.Events;

/// <summary>A valid event of one of the six types that are projected. Its item says what happened. Its conversation is a
/// snapshot that Belco read near the time of dispatch, before or after the change.</summary>
public sealed record BelcoEvent
{
    public required string RequestId { get; init; }

    public required string EventName { get; init; }

    /// <summary>When Belco dispatched the event: a few seconds after <see cref="ConversationItem.CreatedAt"/>.</summary>
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

    public EventIdentity Identity => new(ShopId, Conversation.Id, Item.CreatedAt, RequestId, Item.Id);
}

/// <summary>Identifies an event: two deliveries with the same values are the same event.</summary>
public readonly record struct EventIdentity(
    string ShopId, string ConversationId, DateTimeOffset CreatedAt, string RequestId, string ItemId);
