using System.Text.Json;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>What a queue holds in place of a large body: the event's identity. Erasing deletes the blob that has the body, and
/// the event may be delivered again after that. Its identity then shows that it was erased.</summary>
public static class ClaimCheck
{
    /// <summary>The claim check of a body; empty for an event that cannot be projected.</summary>
    public static ReadOnlyMemory<byte> Create(ReadOnlyMemory<byte> body) =>
        EventReader.ReadRoute(body, withConversation: true) is EventReading<EventRoute>.Projectable { Event: var e }
            ? JsonSerializer.SerializeToUtf8Bytes(
                new EventIdentity(e.ShopId!, e.ConversationId!, e.ItemCreatedAt, e.RequestId, e.ItemId))
            : default;

    /// <summary>The event's identity; null if there is none, as in a message that somebody sent by hand.</summary>
    public static EventIdentity? Read(ReadOnlyMemory<byte> claimCheck)
    {
        try
        {
            return JsonSerializer.Deserialize<EventIdentity?>(claimCheck.Span) is
            { ShopId: not null, ConversationId: not null, RequestId: not null, ItemId: not null } e ? e : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
