using System.Text.Json;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Queueing;

/// <summary>What a queue holds in place of a large body: the identity of the event's item. Erasing deletes the blob that has the
/// body, and the event may be delivered again after that. The identity then shows that it was erased.</summary>
public static class ClaimCheck
{
    /// <summary>The largest body that goes into a queue or a row, in bytes. Service Bus Standard takes messages of up to 256 KiB,
    /// headers included.</summary>
    public const int MaxQueuedBytes = 128 * 1024;

    /// <summary>Whether the body is so large that it is stored in a blob.</summary>
    public static bool IsNeeded(ReadOnlyMemory<byte> body) => body.Length > MaxQueuedBytes;

    /// <summary>The claim check of a body; empty for an event that cannot be projected.</summary>
    public static ReadOnlyMemory<byte> Create(ReadOnlyMemory<byte> body) =>
        EventReader.ReadRoute(body, withConversation: true) is EventReading<EventRoute>.Projectable { Event: var e }
            ? JsonSerializer.SerializeToUtf8Bytes(
                new ItemIdentity(
                    e.ShopId!, e.ConversationId!, e.ItemCreatedAt, e.ItemId, ItemKind.From(e.EventName, itemType: null)))
            : default;

    /// <summary>The identity of the event's item; null if there is none, as in a message that somebody sent by hand.</summary>
    public static ItemIdentity? Read(ReadOnlyMemory<byte> claimCheck)
    {
        try
        {
            return JsonSerializer.Deserialize<ItemIdentity?>(claimCheck.Span) is
            { ShopId: not null, ConversationId: not null, ItemId: not null, Kind: not null } e ? e : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
