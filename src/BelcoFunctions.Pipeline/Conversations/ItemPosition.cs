using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>An item's place in its conversation. The event's date and request id order the events of one item.</summary>
public readonly record struct ItemPosition(DateTimeOffset CreatedAt, string ItemId, DateTimeOffset EventDate, string RequestId)
{
    public static ItemPosition From(BelcoEvent e) => new(e.Item.CreatedAt, e.Item.Id, e.Date, e.RequestId);

    public bool IsAfter(ItemPosition other)
    {
        var order = CreatedAt.CompareTo(other.CreatedAt);
        if (order == 0) order = string.CompareOrdinal(ItemId, other.ItemId);
        if (order == 0) order = EventDate.CompareTo(other.EventDate);
        if (order == 0) order = string.CompareOrdinal(RequestId, other.RequestId);
        return order > 0;
    }
}
