using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries.Search;

/// <summary>Finds conversations by their words, numbers, names and ids. There is no index, so nobody's words have a second copy
/// that would have to be erased: a search reads the timelines of the most recently active conversations, a few at a time, and
/// stops after <see cref="MaxConversations"/> or <see cref="MaxTime"/>.</summary>
public sealed class ConversationSearch(ConversationTable table, NameQueries names, TimeProvider time)
{
    /// <summary>The most conversations that one search reads.</summary>
    public const int MaxConversations = 1_000;

    /// <summary>The longest time that one search takes.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);

    private const int PageRows = 100;

    private readonly RowScan rows = new(table);

    /// <summary>Searches a shop. Returns each conversation when it and all that are more recent are searched, and at last
    /// <see cref="SearchProgress.Ended"/>.</summary>
    /// <param name="request">What to search for, and where.</param>
    /// <param name="searched">Gets the number of conversations that are searched; null if nobody needs it.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="StoreUnavailableException">Also if another version of this code wrote a row, and if the store was too
    /// busy to read the list in time.</exception>
    /// <exception cref="DamagedRowException"/>
    public async IAsyncEnumerable<SearchProgress> SearchAsync(
        SearchRequest request, IProgress<int>? searched, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(MaxTime, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var (store, timelines) = (new BusyStore(time), new TimelineSearch(table, names, request));
        TableEntity? begun = null;
        await using var conversations = ReadRecentAsync(request, store, stop.Token).Take(MaxConversations + 1)
            .SelectAheadAsync(Concurrency.SearchesAhead, (row, token) =>
            {
                begun ??= row;
                return store.ReadAsync(each => timelines.SearchAsync(row, each), token);
            }, stop.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        var (count, incomplete, hasMore) = (0, 0, true);
        SearchedConversation? last = null;
        while (hasMore)
        {
            try
            {
                hasMore = await conversations.MoveNextAsync();
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                if (last is null)
                {
                    if (begun is null) throw TooBusy();
                    // Go on after it. Otherwise, each search would take all of its time for this conversation.
                    last = new SearchedConversation(begun.RowKey, begun[Column.LastItemAt] as DateTimeOffset?);
                    (count, incomplete) = (1, 1);
                }

                break;
            }

            if (!hasMore || count == MaxConversations) break;
            last = conversations.Current;
            count++;
            searched?.Report(count);
            if (last.IsIncomplete) incomplete++;
            if (last.Found is { } found) yield return new SearchProgress.Found(found);
        }

        yield return new SearchProgress.Ended(
            count, incomplete, last?.LastItemAt, hasMore ? PageRequest.ToToken(last!.RowKey) : null);
    }

    private async IAsyncEnumerable<TableEntity> ReadRecentAsync(
        SearchRequest request, BusyStore store, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Otherwise the first conversations, which are searched at the same time, would each read the names of the staff.
        await store.ReadAsync(token => names.ReadAsync(request.ShopId, [], token), cancellationToken);
        for (var keys = request.Keys; ;)
        {
            var remaining = keys;
            var page = await store.ReadAsync(token => rows.ReadAsync(
                request.ShopId, remaining, condition: null, PageRows, RowColumns.ConversationSelect, token)
                .Take(PageRows).ToListAsync(token).AsTask(), cancellationToken);
            foreach (var row in page) yield return row;
            if (page.Count < PageRows) yield break;
            keys = keys with { After = page[^1].RowKey };
        }
    }

    private static StoreUnavailableException TooBusy() => new(
        new TimeoutException($"It was too busy to list the conversations within {MaxTime.TotalSeconds:0} seconds."));
}
