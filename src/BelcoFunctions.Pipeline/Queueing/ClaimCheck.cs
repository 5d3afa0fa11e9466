using System.Text.Json;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>What a queue has in place of a large body: which event it is. Erasing deletes the blob that has the body, and the
/// event may be delivered once more. Then this says whether it was erased.</summary>
public static class ClaimCheck
{
    /// <summary>The claim check of a body; empty for an event that cannot be projected.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> body) =>
        EventReader.ReadRoute(body, withConversation: true) is EventReading<EventRoute>.Projectable { Event: var e }
            ? JsonSerializer.SerializeToUtf8Bytes(
                new EventIdentity(e.ShopId!, e.ConversationId!, e.ItemCreatedAt, e.RequestId, e.ItemId))
            : default;

    /// <summary>Which event it is; null if it says nothing, as in a message that somebody put there by hand.</summary>
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
