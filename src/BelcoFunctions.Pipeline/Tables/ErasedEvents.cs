using System.Collections.Concurrent;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>Says whether an event is erased that is not in a timeline: an unprojected event, a dead letter, a message, or a blob.
/// It is erased if it names a conversation or a customer of its shop that was erased up to its moment or later. An event that can
/// be projected is judged as the projector judges it; of any other, each string may be an id.</summary>
/// <param name="table">The conversations and customers.</param>
/// <param name="shopIfMissing">The shop of a body that names none; null if such a body is never erased.</param>
public sealed class ErasedEvents(ConversationTable table, string? shopIfMissing = null)
{
    // A hostile body may have a million strings. Above this number, one scan of the shop's erased rows costs less.
    private const int MaxPointReads = 200;
    private const int MaxRemembered = 100_000;

    private readonly ErasureTable erasures = new(table);
    private readonly ConcurrentDictionary<(string ShopId, string RowKey), DateTimeOffset> expected = [];
    private readonly ConcurrentDictionary<(string ShopId, string RowKey), DateTimeOffset?> remembered = [];

    /// <summary>Whether to read each row only once: for a run over many events, after an erasure. An agent's id is in most of
    /// them.</summary>
    public bool Remembers { get; init; }

    /// <summary>How many conversations were erased because an event said whose they are. Events that were judged before may be
    /// erased now.</summary>
    public int ConversationsErased { get; private set; }

    /// <summary>Also counts a conversation as erased that is not erased yet: for a count of what an erasure would
    /// delete.</summary>
    public void ExpectConversation(string shopId, string conversationId, DateTimeOffset through) =>
        expected[(shopId, TableKeys.Conversation(conversationId))] = through;

    /// <summary>The same for a customer.</summary>
    public void ExpectCustomer(string shopId, string customerId, DateTimeOffset through) =>
        expected[(shopId, TableKeys.Customer(customerId))] = through;

    /// <summary>Whether the event is erased.</summary>
    /// <param name="body">The body as it came.</param>
    /// <param name="receivedAt">Its moment, if it names none.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <exception cref="StoreUnavailableException">Also if a newer version of this code wrote a row that decides.</exception>
    public async Task<bool> IsErasedAsync(
        ReadOnlyMemory<byte> body, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var strings = EventStrings.Of(body);
        if ((strings.ShopId ?? shopIfMissing) is not { } shopId) return false;
        var moment = strings.Moment ?? receivedAt;
        HashSet<string> keys =
            [.. strings.CustomerIds.Select(TableKeys.Customer), .. strings.ConversationIds.Select(TableKeys.Conversation)];
        if (keys.Any(key => expected.TryGetValue((shopId, key), out var through) && moment <= through)) return true;
        return keys.Count > MaxPointReads
            ? await erasures.ListErasedAsync(shopId, moment, cancellationToken).AnyAsync(keys.Contains, cancellationToken)
            : await AnyIsErasedAsync(shopId, keys, moment, cancellationToken);
    }

    internal void ConversationErased()
    {
        ConversationsErased++;
        remembered.Clear();
    }

    private async Task<bool> AnyIsErasedAsync(
        string shopId, HashSet<string> keys, DateTimeOffset moment, CancellationToken cancellationToken)
    {
        var found = 0;
        await table.Concurrency.ForEachAsync(keys, Concurrency.Reads, async (key, token) =>
        {
            if (moment <= await ReadErasedThroughAsync(shopId, key, token)) Interlocked.Exchange(ref found, 1);
        }, cancellationToken);
        return found != 0;
    }

    private async Task<DateTimeOffset?> ReadErasedThroughAsync(string shopId, string key, CancellationToken cancellationToken)
    {
        if (remembered.TryGetValue((shopId, key), out var through)) return through;
        through = await erasures.ReadErasedThroughAsync(shopId, key, cancellationToken);
        if (!Remembers) return through;
        if (remembered.Count >= MaxRemembered) remembered.Clear();
        remembered[(shopId, key)] = through;
        return through;
    }
}
