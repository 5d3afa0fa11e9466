using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Decides whether a stray event is erased, and if so erases its conversation, as the projector would on delivery.
/// Call this before the event is deleted: the event may be the only evidence of which customer the conversation belongs
/// to.</summary>
public sealed class StrayConversations(ConversationTable conversations, PayloadReader payloads, TimeProvider time)
{
    private readonly ConversationWriter writer = new(conversations, time);
    private readonly ErasureTable erasures = new(conversations);

    /// <summary>If an erasure covers a stray event, erases the event's conversation. The caller must then remove the event
    /// itself.</summary>
    /// <param name="receivedAt">When it was received.</param>
    /// <param name="erased">What is erased, and the rows that remain.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ErasedStray> EraseAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, ErasureLookup erased, CancellationToken cancellationToken) =>
        await JudgeAsync(body, receivedAt, erased, cancellationToken)
        ?? await EraseConversationAsync(body, receivedAt, erased, cancellationToken);

    /// <summary>Returns what <see cref="EraseAsync"/> would do in addition to what <paramref name="expected"/> already
    /// contains. Writes nothing.</summary>
    /// <inheritdoc cref="EraseAsync"/>
    public async Task<ErasedStray> CountAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, ErasureLookup expected, CancellationToken cancellationToken) =>
        await JudgeAsync(body, receivedAt, expected, cancellationToken)
        ?? await CountConversationAsync(body, receivedAt, expected, cancellationToken);

    /// <summary>Erases the conversation of an erased event.</summary>
    private async Task<ErasedStray> EraseConversationAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, ErasureLookup erased, CancellationToken cancellationToken)
    {
        if (EventReader.Read(body) is not EventReading<BelcoEvent>.Projectable { Event: var e }) return new(StrayOutcome.Erased);
        Erasure? ofCustomers = null;
        foreach (var id in e.CustomerIds)
        {
            var customer = new StoredCustomer(e.ShopId, id);
            await conversations.ReadAsync(customer, cancellationToken);
            if (customer.IsDamaged) return Leave(erased, customer.PartitionKey, customer.RowKey, GiveUpReason.DamagedRow);
            if (customer.IsOfAnotherVersion)
            {
                return Leave(erased, customer.PartitionKey, customer.RowKey, GiveUpReason.AnotherVersion);
            }

            ofCustomers = Erasure.Latest(ofCustomers, customer.Erasure);
        }

        var erasing = new EraseWrite(e.ShopId, e.Conversation.Id,
            stored => Erasure.Latest(stored?.Erasure, ofCustomers)?.Reaching(e.Item.CreatedAt, receivedAt),
            conversations, payloads);
        await writer.WriteAsync([erasing], cancellationToken);
        if (erasing is { WasNew: true, Erased: { } reached }) erased.ConversationErased(e.ShopId, e.Conversation.Id, reached);
        erased.Remaining.Judge(e.ShopId, e.Conversation.Id, erasing.GivenUp);
        return new(erasing.GivenUp is null ? StrayOutcome.Erased : StrayOutcome.Remaining)
        {
            IsNewConversation = erasing.TimelineRows > 0 && erased.CountsConversation(e.ShopId, e.Conversation.Id),
            TimelineRows = erasing.TimelineRows,
            Blobs = erasing.Blobs,
            ReachesFurther = erasing.ReachesFurther,
        };
    }

    /// <summary>Returns what would be erased of the conversation of an erased event. Writes nothing.</summary>
    private async Task<ErasedStray> CountConversationAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, ErasureLookup expected, CancellationToken cancellationToken)
    {
        if (EventReader.Read(body) is not EventReading<BelcoEvent>.Projectable { Event: var e }) return new(StrayOutcome.Erased);
        var (known, erasure) = ((Erasure?)null, (Erasure?)null);
        foreach (var key in e.CustomerIds.Select(TableKeys.Customer).Prepend(TableKeys.Conversation(e.Conversation.Id)))
        {
            var (found, unread) = await expected.FindAsync(e.ShopId, key, cancellationToken);
            if (unread is { } reason) return Leave(expected, TableKeys.Escape(e.ShopId), key, reason);
            if (key.StartsWith(TableKeys.ConversationPrefix, StringComparison.Ordinal)) known = found;
            erasure = Erasure.Latest(erasure, found);
        }

        erasure = erasure?.Reaching(e.Item.CreatedAt, receivedAt);
        if (erasure is null || erasure == known) return new(StrayOutcome.Erased);
        erasure = await erasures.ReachAsync(e.ShopId, e.Conversation.Id, erasure, cancellationToken);
        expected.ConversationErased(e.ShopId, e.Conversation.Id, erasure);
        var (rows, blobs) = await CountAsync(erasure);
        var (knownRows, knownBlobs) = known is null ? default : await CountAsync(known);
        return new(StrayOutcome.Erased)
        {
            IsNewConversation = rows > knownRows && expected.CountsConversation(e.ShopId, e.Conversation.Id),
            TimelineRows = rows - knownRows,
            Blobs = blobs - knownBlobs,
            ReachesFurther = erasure.Through > erasure.ReceivedThrough,
        };

        Task<(int Rows, int Blobs)> CountAsync(Erasure reached) =>
            erasures.CountTimelineAsync(e.ShopId, e.Conversation.Id, reached.Through, cancellationToken);
    }

    /// <summary>The result for an event that is not erased, or that cannot be judged; null if the event is erased.</summary>
    private static async Task<ErasedStray?> JudgeAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, ErasureLookup erased, CancellationToken cancellationToken) =>
        await erased.IsErasedAsync(body, receivedAt, cancellationToken) switch
        {
            true => null,
            false => new(StrayOutcome.NotErased) { IsLater = erased.IsExpected(body) },
            null => new(StrayOutcome.Remaining),
        };

    private static ErasedStray Leave(ErasureLookup erased, string partitionKey, string rowKey, GiveUpReason reason)
    {
        erased.Remaining.Add(partitionKey, rowKey, reason);
        return new(StrayOutcome.Remaining);
    }
}
