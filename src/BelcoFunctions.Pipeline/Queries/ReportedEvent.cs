using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>What a report needs of a timeline row.</summary>
/// <param name="ConversationId">The conversation.</param>
/// <param name="At">When it happened.</param>
/// <param name="EventDate">When Belco sent it; <paramref name="At"/> for an imported item.</param>
/// <param name="RequestId">The webhook's id; empty for an imported item.</param>
/// <param name="ItemId">The item's id.</param>
/// <param name="EventName">The event's name.</param>
public sealed record ReportedEvent(
    string ConversationId, DateTimeOffset At, DateTimeOffset EventDate, string RequestId, string ItemId, string EventName)
{
    /// <summary>The type of the item: <c>message</c>, …</summary>
    public string? Kind { get; init; }

    public string? ActorType { get; init; }
    public string? ActorId { get; init; }

    /// <summary>Who wrote the message; null for every other item.</summary>
    public MessageSide? MessageSide => ConversationItem.SideOf(Kind, ActorType);

    /// <summary>The status that the event itself sets; null if it sets none.</summary>
    public string? StatusEffect => ConversationStatus.SetBy(ItemKind);

    /// <summary>False for an imported item: it has no snapshot.</summary>
    public bool HasSnapshot => EventName is not EventNames.ItemImported;

    /// <summary>What the item is, which is a part of its identity.</summary>
    public string ItemKind => Events.ItemKind.From(EventName, Kind);

    /// <summary>The version of the event's own change, or of its snapshot. The higher version wins.</summary>
    public RegisterVersion Version(RegisterSource source) =>
        RegisterVersion.From(At, source, EventDate, RequestId, ItemId, ItemKind);
}
