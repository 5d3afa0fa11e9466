using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>An item's place in its conversation. The event's date, the request id and the kind order items that have the same
/// time and id.</summary>
public readonly record struct ItemPosition(
    DateTimeOffset CreatedAt, string ItemId, DateTimeOffset EventDate, string RequestId, string Kind)
{
    public static ItemPosition From(BelcoEvent e) => new(e.Item.CreatedAt, e.Item.Id, e.Date, e.RequestId, e.Kind);

    public bool IsAfter(ItemPosition other)
    {
        var order = CreatedAt.CompareTo(other.CreatedAt);
        if (order == 0) order = string.CompareOrdinal(ItemId, other.ItemId);
        if (order == 0) order = EventDate.CompareTo(other.EventDate);
        if (order == 0) order = string.CompareOrdinal(RequestId, other.RequestId);
        if (order == 0) order = string.CompareOrdinal(Kind, other.Kind);
        return order > 0;
    }
}
