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
    private readonly ErasureTable erasures = new(conversations);

    /// <summary>Erases the conversation of an erased event. False if it cannot be erased now: then the event must stay.</summary>
    /// <param name="body">The event's body.</param>
    /// <param name="receivedAt">When it was received.</param>
    /// <param name="erased">Judges the other events.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<bool> EraseAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, ErasedEvents erased, CancellationToken cancellationToken)
    {
        var erasing = await EraseAsync(body, receivedAt, cancellationToken);
        if (erasing is { WasNew: true }) erased.ConversationErased();
        return erasing is null or { GivenUp: null };
    }

    /// <summary>The same for a caller that counts. Null if the event has no conversation.</summary>
    internal async Task<ConversationErasure?> EraseAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (EventReader.Read(body) is not EventReading<BelcoEvent>.Projectable { Event: var e }) return null;
        Erasure? ofCustomers = null;
        foreach (var id in e.CustomerIds)
        {
            var customer = new StoredCustomer(e.ShopId, id);
            await conversations.ReadAsync(customer, cancellationToken);
            ofCustomers = Erasure.Latest(ofCustomers, customer.Erasure);
        }

        var erasing = new ConversationErasure(e.ShopId, e.Conversation.Id,
            stored => Erasure.Latest(stored?.Erasure, ofCustomers)?.Reaching(e.Item.CreatedAt, receivedAt),
            conversations, payloads);
        await writer.WriteAsync([erasing], cancellationToken);
        return erasing;
    }

    /// <summary>What would be erased of the conversation of an event, beyond what is expected already. Writes nothing.</summary>
    internal async Task<(Erasure Erasure, int Rows, int Blobs)?> CountAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, ErasedEvents expected, CancellationToken cancellationToken)
    {
        if (EventReader.Read(body) is not EventReading<BelcoEvent>.Projectable { Event: var e }) return null;
        var known = await expected.FindAsync(e.ShopId, TableKeys.Conversation(e.Conversation.Id), cancellationToken);
        var erasure = known;
        foreach (var id in e.CustomerIds)
        {
            erasure = Erasure.Latest(
                erasure, await expected.FindAsync(e.ShopId, TableKeys.Customer(id), cancellationToken));
        }

        erasure = erasure?.Reaching(e.Item.CreatedAt, receivedAt);
        if (erasure is null || erasure == known) return null;
        erasure = await erasures.ReachAsync(e.ShopId, e.Conversation.Id, erasure, cancellationToken);
        expected.ExpectConversation(e.ShopId, e.Conversation.Id, erasure);
        var (rows, blobs) = await CountAsync(erasure);
        var (knownRows, knownBlobs) = known is null ? default : await CountAsync(known);
        return (erasure, rows - knownRows, blobs - knownBlobs);

        Task<(int Rows, int Blobs)> CountAsync(Erasure reached) =>
            erasures.CountTimelineAsync(e.ShopId, e.Conversation.Id, reached.Through, cancellationToken);
    }
}
