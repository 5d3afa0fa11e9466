using System.Collections.Concurrent;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Says whether an event is erased that is not in a timeline: an unprojected event, a dead letter, a message, or a blob.
/// It is erased if it names a conversation or a customer of its shop that was erased up to its moment or later. An event that can
/// be projected is judged as the projector judges it; of any other, each string may be an id.</summary>
/// <param name="table">The conversations and customers.</param>
public sealed class ErasedEvents(ConversationTable table)
{
    // A hostile body may have a million strings. Above this number, one scan of the shop's erased rows costs less.
    private const int MaxPointReads = 200;
    private const int MaxRemembered = 100_000;

    private readonly ErasureTable erasures = new(table);
    private readonly ConcurrentDictionary<(string PartitionKey, string RowKey), Erasure> expected = [];
    private readonly ConcurrentDictionary<(string PartitionKey, string RowKey), Erasure?> remembered = [];

    /// <summary>Whether to read each row only once: for a run over many events, after an erasure. An agent's id is in most of
    /// them.</summary>
    public bool Remembers { get; init; }

    /// <summary>How many conversations were erased because an event said whose they are. Events that were judged before may be
    /// erased now.</summary>
    public int ConversationsErased { get; private set; }

    /// <summary>Also counts a conversation as erased that is not erased yet: for a count of what an erasure would
    /// delete.</summary>
    public void ExpectConversation(string shopId, string conversationId, Erasure erasure) =>
        expected[(TableKeys.Escape(shopId), TableKeys.Conversation(conversationId))] = erasure;

    /// <summary>The same for a customer.</summary>
    public void ExpectCustomer(string shopId, string customerId, Erasure erasure) =>
        expected[(TableKeys.Escape(shopId), TableKeys.Customer(customerId))] = erasure;

    /// <summary>Whether the event is erased.</summary>
    /// <param name="body">The body as it came.</param>
    /// <param name="receivedAt">When it was received.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <exception cref="StoreUnavailableException">Also if another version of this code wrote a row that decides.</exception>
    public async Task<bool> IsErasedAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var strings = EventStrings.Of(body);
        var keys = Keys(strings);
        if (strings.ShopId is { } shopId) return await IsErasedAsync(TableKeys.Escape(shopId), Covers);
        // It may be of any shop.
        return await erasures.ListShopsAsync(cancellationToken)
            .AnyAsync(async (shop, _) => await IsErasedAsync(shop, Covers), cancellationToken);

        bool Covers(Erasure? erasure) => erasure is not null
            && (strings.CreatedAt is { } createdAt && EventTime.IsBelievable(createdAt, receivedAt)
                ? erasure.Covers(createdAt, receivedAt) : erasure.CoversUnprojectable(strings.Date, receivedAt));

        async Task<bool> IsErasedAsync(string partitionKey, Predicate<Erasure?> covers) =>
            keys.Any(key => expected.TryGetValue((partitionKey, key), out var erasure) && covers(erasure))
            || (keys.Count > MaxPointReads
                ? await erasures.ListErasedAsync(partitionKey, keys, cancellationToken)
                    .AnyAsync(covers.Invoke, cancellationToken)
                : await AnyAsync(partitionKey, keys, covers, cancellationToken));
    }

    /// <summary>Whether the event names a conversation or a customer that is expected to be erased. If it is not erased, it
    /// happened later.</summary>
    internal bool IsExpected(ReadOnlyMemory<byte> body)
    {
        if (expected.IsEmpty) return false;
        var strings = EventStrings.Of(body);
        var shop = strings.ShopId is { } shopId ? TableKeys.Escape(shopId) : null;
        var keys = Keys(strings);
        return expected.Keys.Any(key => (shop is null || key.PartitionKey == shop) && keys.Contains(key.RowKey));
    }

    private static HashSet<string> Keys(EventStrings strings) =>
        [.. strings.CustomerIds.Select(TableKeys.Customer), .. strings.ConversationIds.Select(TableKeys.Conversation)];

    /// <summary>What is erased of a conversation or a customer, or expected to be.</summary>
    internal async Task<Erasure?> FindAsync(string shopId, string rowKey, CancellationToken cancellationToken)
    {
        var partitionKey = TableKeys.Escape(shopId);
        return Erasure.Latest(
            await ReadAsync(partitionKey, rowKey, cancellationToken), expected.GetValueOrDefault((partitionKey, rowKey)));
    }

    internal void ConversationErased()
    {
        ConversationsErased++;
        remembered.Clear();
    }

    private async Task<bool> AnyAsync(
        string partitionKey, HashSet<string> keys, Predicate<Erasure?> covers, CancellationToken cancellationToken)
    {
        var found = 0;
        await table.Concurrency.ForEachAsync(keys, Concurrency.Reads, async (key, token) =>
        {
            if (covers(await ReadAsync(partitionKey, key, token))) Interlocked.Exchange(ref found, 1);
        }, cancellationToken);
        return found != 0;
    }

    private async Task<Erasure?> ReadAsync(string partitionKey, string key, CancellationToken cancellationToken)
    {
        if (remembered.TryGetValue((partitionKey, key), out var erasure)) return erasure;
        erasure = await erasures.ReadErasureAsync(partitionKey, key, cancellationToken);
        if (!Remembers) return erasure;
        if (remembered.Count >= MaxRemembered) remembered.Clear();
        remembered[(partitionKey, key)] = erasure;
        return erasure;
    }
}
