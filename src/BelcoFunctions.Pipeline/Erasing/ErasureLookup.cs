using System.Collections.Concurrent;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Erasing;

/// <summary>Tells whether a stray event is erased: an unprojected event, a dead letter, a message, or a blob. It is erased if
/// it names a conversation or a customer of its shop that was erased up to its moment or later. For an event that can be
/// projected, the projector's rules decide. In any other event, each string may be an id.</summary>
/// <param name="table">The conversations and customers.</param>
public sealed class ErasureLookup(ConversationTable table)
{
    // A hostile body may have a million strings. Above this number, one scan of the shop's erased rows costs less.
    private const int MaxPointReads = 200;
    private const int MaxRemembered = 100_000;

    private readonly ErasureTable erasures = new(table);
    private readonly ConcurrentDictionary<(string PartitionKey, string RowKey), Erasure> expected = [];
    private readonly ConcurrentDictionary<(string PartitionKey, string RowKey), ErasureReading> remembered = [];
    private readonly ConcurrentDictionary<(string PartitionKey, string RowKey), bool> counted = [];
    private int conversationsErased;

    /// <summary>Whether to read each row only once, for a run over many events after an erasure: most events have the id of the
    /// same few agents.</summary>
    public bool Remembers { get; init; }

    /// <summary>What the run found and could not erase.</summary>
    public RemainingRows Remaining { get; init; } = new();

    /// <summary>How many conversations were erased because a stray event named an erased customer. When this number rises,
    /// stray events that were checked earlier may be erased now.</summary>
    public int ConversationsErased => conversationsErased;

    /// <summary>Treats a conversation as erased although it is not erased yet, to count what an erasure would delete.</summary>
    public void ExpectConversation(string shopId, string conversationId, Erasure erasure) =>
        expected[(TableKeys.Escape(shopId), TableKeys.Conversation(conversationId))] = erasure;

    /// <summary>Treats a customer as erased although it is not erased yet, to count what an erasure would delete.</summary>
    public void ExpectCustomer(string shopId, string customerId, Erasure erasure) =>
        expected[(TableKeys.Escape(shopId), TableKeys.Customer(customerId))] = erasure;

    /// <summary>Whether the event is erased; null if this depends on a row that cannot be read. <see cref="Remaining"/> gets
    /// that row.</summary>
    /// <param name="body">The body as it came.</param>
    /// <param name="receivedAt">When it was received.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<bool?> IsErasedAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var strings = EventStrings.From(body);
        var keys = Keys(strings);
        ConcurrentBag<(string PartitionKey, string RowKey, GiveUpReason Reason)> unread = [];
        // An event without a shop may belong to any shop.
        var shops = strings.ShopId is { } shopId
            ? new[] { TableKeys.Escape(shopId) }.ToAsyncEnumerable() : erasures.ListShopsAsync(cancellationToken);
        if (await shops.AnyAsync(async (shop, _) => await IsErasedIn(shop), cancellationToken)) return true;
        foreach (var (partitionKey, rowKey, reason) in unread) Remaining.Add(partitionKey, rowKey, reason);
        return unread.IsEmpty ? false : null;

        bool Covers(Erasure? erasure) => erasure is not null
            && (strings.CreatedAt is { } createdAt && EventTime.IsBelievable(createdAt, receivedAt)
                ? erasure.Covers(createdAt, receivedAt) : erasure.CoversUnprojectable(strings.Date, receivedAt));

        async Task<bool> IsErasedIn(string partitionKey) =>
            keys.Any(key => expected.TryGetValue((partitionKey, key), out var erasure) && Covers(erasure))
            || (keys.Count > MaxPointReads
                ? await erasures.ListErasedAsync(partitionKey, keys, cancellationToken)
                    .AnyAsync(row => CoversRead(partitionKey, row.RowKey, row.Reading), cancellationToken)
                : await AnyAsync(partitionKey, keys, CoversRead, cancellationToken));

        bool CoversRead(string partitionKey, string rowKey, ErasureReading reading)
        {
            if (reading.Unread is { } reason) unread.Add((partitionKey, rowKey, reason));
            return Covers(reading.Erasure);
        }
    }

    /// <summary>Whether the event names a conversation or a customer that is expected to be erased. If such an event is not
    /// erased, it happened later.</summary>
    internal bool IsExpected(ReadOnlyMemory<byte> body)
    {
        if (expected.IsEmpty) return false;
        var strings = EventStrings.From(body);
        var shop = strings.ShopId is { } shopId ? TableKeys.Escape(shopId) : null;
        var keys = Keys(strings);
        return expected.Keys.Any(key => (shop is null || key.PartitionKey == shop) && keys.Contains(key.RowKey));
    }

    /// <summary>Whether a conversation whose last item has this moment is expected to be erased completely.</summary>
    internal bool IsExpected(string shopId, string conversationId, DateTimeOffset last) =>
        expected.TryGetValue((TableKeys.Escape(shopId), TableKeys.Conversation(conversationId)), out var erasure)
        && erasure.Covers(last);

    private static HashSet<string> Keys(EventStrings strings) =>
        [.. strings.CustomerIds.Select(TableKeys.Customer), .. strings.ConversationIds.Select(TableKeys.Conversation)];

    /// <summary>What is erased, or expected to be erased, of a conversation or a customer.</summary>
    internal async Task<ErasureReading> FindAsync(string shopId, string rowKey, CancellationToken cancellationToken)
    {
        var partitionKey = TableKeys.Escape(shopId);
        var read = await ReadAsync(partitionKey, rowKey, cancellationToken);
        return read with { Erasure = Erasure.Latest(read.Erasure, expected.GetValueOrDefault((partitionKey, rowKey))) };
    }

    /// <summary>Forgets what was read, so that each row is read again.</summary>
    public void Forget() => remembered.Clear();

    /// <summary>True the first time that a row is counted. Each row counts once, however often a search finds it.</summary>
    internal bool CountsFirst(string partitionKey, string rowKey) => counted.TryAdd((partitionKey, rowKey), true);

    /// <summary>True the first time that a conversation is counted.</summary>
    internal bool CountsConversation(string shopId, string conversationId) =>
        CountsFirst(TableKeys.Escape(shopId), TableKeys.Conversation(conversationId));

    /// <summary>Records that a conversation was erased, or would be, because a stray event named an erased customer.</summary>
    internal void ConversationErased(string shopId, string conversationId, Erasure erasure)
    {
        ExpectConversation(shopId, conversationId, erasure);
        Interlocked.Increment(ref conversationsErased);
        Forget();
    }

    private async Task<bool> AnyAsync(string partitionKey, HashSet<string> keys,
        Func<string, string, ErasureReading, bool> covers, CancellationToken cancellationToken)
    {
        var found = 0;
        await table.Concurrency.ForEachAsync(keys, Concurrency.Reads, async (key, token) =>
        {
            if (covers(partitionKey, key, await ReadAsync(partitionKey, key, token))) Interlocked.Exchange(ref found, 1);
        }, cancellationToken);
        return found != 0;
    }

    private async Task<ErasureReading> ReadAsync(string partitionKey, string key, CancellationToken cancellationToken)
    {
        if (remembered.TryGetValue((partitionKey, key), out var reading)) return reading;
        reading = await erasures.ReadErasureAsync(partitionKey, key, cancellationToken);
        if (!Remembers) return reading;
        if (remembered.Count >= MaxRemembered) remembered.Clear();
        remembered[(partitionKey, key)] = reading;
        return reading;
    }
}
