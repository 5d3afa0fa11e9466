using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Says which queue an event goes to.</summary>
internal static class EventRouter
{
    /// <summary>How far an event may be ahead of the receiver's clock. One from the far future would win every register for good.</summary>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromHours(24);

    /// <summary>The event on its way to its queue, or to the one for events that are kept but not projected.</summary>
    /// <param name="reading">Anything but malformed.</param>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="receivedAt">The receiver's clock.</param>
    public static QueuedEvent Route(EventReading reading, ReadOnlyMemory<byte> body, DateTimeOffset receivedAt) => reading switch
    {
        EventReading.Projectable { Event: var e } when e.Item.CreatedAt <= receivedAt + MaxAhead => new QueuedEvent
        {
            Queue = QueueNames.For(e.EventName),
            Body = body,
            EventName = e.EventName,
            RequestId = e.RequestId,
            ItemId = e.Item.Id,
            ReceivedAt = receivedAt,
        },
        EventReading.Projectable { Event: var e } => Unprojected(e.EventName, e.RequestId,
            "payload.conversation_item.createdAt is more than 24 hours ahead.", body, receivedAt),
        EventReading.Unprojectable e => Unprojected(e.EventName, e.RequestId, e.Reason, body, receivedAt),
        _ => throw new ArgumentOutOfRangeException(nameof(reading)),
    };

    private static QueuedEvent Unprojected(
        string eventName, string requestId, string reason, ReadOnlyMemory<byte> body, DateTimeOffset receivedAt) => new()
        {
            Queue = QueueNames.UnprojectedEvents,
            Body = body,
            EventName = eventName,
            RequestId = requestId,
            ReceivedAt = receivedAt,
            Reason = reason,
        };
}
