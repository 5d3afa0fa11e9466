using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Conversations;

/// <summary>The part of an event that a register's value comes from.</summary>
public enum RegisterSource
{
    /// <summary>The event's snapshot of the conversation.</summary>
    Snapshot = 0,

    /// <summary>The change that the event itself reports.</summary>
    Event = 1,
}

/// <summary>Orders what events assert about a register: the highest version wins, and the order of arrival makes no
/// difference.</summary>
public readonly record struct RegisterVersion(
    DateTimeOffset Time, RegisterSource Source, DateTimeOffset EventDate, string RequestId, string ItemId, string Kind)
{
    /// <summary>For this long after a change, a snapshot may still show the old state, so the change wins over it. The lag in
    /// Belco's samples is 0.17 to 4.06 s. A later snapshot wins over the change: some changes send no event, and only a
    /// snapshot shows them.</summary>
    public static readonly TimeSpan SnapshotLag = TimeSpan.FromSeconds(5);

    /// <summary>The version of a value that an event asserts.</summary>
    public static RegisterVersion From(BelcoEvent e, RegisterSource source) =>
        From(e.Item.CreatedAt, source, e.Date, e.RequestId, e.Item.Id, e.Kind);

    /// <summary>The version of a value that Belco's API told. It counts as a snapshot of the moment when it was read.</summary>
    public static RegisterVersion FromReading(DateTimeOffset readAt) =>
        From(readAt, RegisterSource.Snapshot, readAt, requestId: "", itemId: "", kind: "");

    /// <inheritdoc cref="From(BelcoEvent, RegisterSource)"/>
    /// <param name="asOf">The <c>createdAt</c> of the event's item.</param>
    public static RegisterVersion From(
        DateTimeOffset asOf, RegisterSource source, DateTimeOffset eventDate, string requestId, string itemId, string kind) =>
        new(source is RegisterSource.Event ? asOf + SnapshotLag : asOf, source, eventDate, requestId, itemId, kind);

    /// <summary>The <c>createdAt</c> of the item that asserted the value, or the moment when the API was read.</summary>
    public DateTimeOffset AsOf => Source is RegisterSource.Event ? Time - SnapshotLag : Time;

    /// <summary>Whether this version wins over another.</summary>
    public bool IsAfter(RegisterVersion other) => CompareTo(other) > 0;

    /// <summary>The order of versions: the higher wins.</summary>
    public int CompareTo(RegisterVersion other)
    {
        var order = Time.CompareTo(other.Time);
        if (order == 0) order = (int)Source - (int)other.Source;
        if (order == 0) order = EventDate.CompareTo(other.EventDate);
        if (order == 0) order = string.CompareOrdinal(RequestId, other.RequestId);
        if (order == 0) order = string.CompareOrdinal(ItemId, other.ItemId);
        if (order == 0) order = string.CompareOrdinal(Kind, other.Kind);
        return order;
    }
}
