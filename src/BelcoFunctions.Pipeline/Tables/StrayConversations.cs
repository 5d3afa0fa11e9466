using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Erases the conversations of erased customers' events that are in no timeline, as the projector would when it got the
/// event. The event may be the only one that says whose conversation it is, so this comes before the event goes, wherever it
/// is.</summary>
public sealed class StrayConversations(ConversationTable conversations, PayloadReader payloads, TimeProvider time)
{
    private readonly ConversationWriter writer = new(conversations, time);

    /// <summary>Erases the conversation of an erased event. False if it cannot be erased now: then the event must stay.</summary>
    /// <param name="body">The event's body.</param>
    /// <param name="erased">Judges the other events.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<bool> EraseAsync(ReadOnlyMemory<byte> body, ErasedEvents erased, CancellationToken cancellationToken)
    {
        var erasing = await EraseAsync(body, cancellationToken);
        if (erasing is { WasNew: true }) erased.ConversationErased();
        return erasing is null or { IsGivenUp: false };
    }

    /// <summary>The same for a caller that counts. Null if the event has no conversation, or is of no erased customer.</summary>
    internal async Task<ConversationErasure?> EraseAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (EventReader.Read(body) is not EventReading<BelcoEvent>.Projectable { Event: var e }) return null;
        Erasure? erasure = null;
        foreach (var id in e.CustomerIds)
        {
            var customer = new StoredCustomer(e.ShopId, id);
            await conversations.ReadAsync(customer, cancellationToken);
            erasure = Erasure.Latest(erasure, customer.Erasure);
        }

        if (!(erasure?.Covers(e.Item.CreatedAt) ?? false)) return null;
        var erasing = new ConversationErasure(e.ShopId, e.Conversation.Id, _ => erasure, conversations, payloads);
        await writer.WriteAsync([erasing], cancellationToken);
        return erasing;
    }
}
