using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Receiving;

/// <summary>Chooses the queue of an event.</summary>
internal static class EventRouter
{
    /// <summary>The event for its queue, or for the queue of unprojected events.</summary>
    /// <param name="reading">Any reading except a malformed one.</param>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="receivedAt">The receiver's clock.</param>
    /// <param name="traceParent">The W3C trace context of the request, if it has one.</param>
    public static QueuedEvent Route(
        EventReading<EventRoute> reading, ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, string? traceParent = null)
    {
        return reading switch
        {
            EventReading<EventRoute>.Projectable { Event: var e } when EventTime.IsBelievable(e.ItemCreatedAt, receivedAt) =>
                Queued(e.EventName, e.RequestId, e.ItemId, reason: null),
            EventReading<EventRoute>.Projectable { Event: var e } => Queued(
                e.EventName, e.RequestId, itemId: null, "payload.conversation_item.createdAt is more than 24 hours ahead."),
            EventReading<EventRoute>.Unprojectable e => Queued(e.EventName, e.RequestId, itemId: null, e.Reason),
            _ => throw new ArgumentOutOfRangeException(nameof(reading)),
        };

        QueuedEvent Queued(string eventName, string requestId, string? itemId, string? reason) => new()
        {
            Queue = reason is null ? QueueNames.For(eventName) : QueueNames.UnprojectedEvents,
            Body = body,
            EventName = eventName,
            RequestId = requestId,
            ItemId = itemId,
            ReceivedAt = receivedAt,
            Reason = reason,
            TraceParent = traceParent,
        };
    }
}
