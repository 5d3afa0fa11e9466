using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>Erases the conversations of stray events of erased customers, as the projector would when it got the event. The event
/// may be the only one that says whose conversation it is, so this comes before the event goes.</summary>
internal sealed class StrayConversations(ConversationTable conversations, PayloadReader payloads, TimeProvider time)
{
    private readonly ConversationWriter writer = new(conversations, time);

    /// <summary>Erases the conversation of the event; nothing if it has none, or is of no erased customer.</summary>
    /// <param name="body">The body of an erased event.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ErasureReceipt> EraseAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (EventReader.Read(body) is not EventReading<BelcoEvent>.Projectable { Event: var e }) return default;
        Erasure? erasure = null;
        foreach (var id in e.CustomerIds)
        {
            var customer = new StoredCustomer(e.ShopId, id);
            await conversations.ReadAsync(customer, cancellationToken);
            erasure = Erasure.Latest(erasure, customer.Erasure);
        }

        if (!(erasure?.Covers(e.Item.CreatedAt) ?? false)) return default;
        var erasing = new ConversationErasure(e.ShopId, e.Conversation.Id, _ => erasure, conversations, payloads);
        await writer.WriteAsync([erasing], cancellationToken);
        return erasing.Receipt;
    }
}
