using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Counts the conversations of a shop, and stops before it takes long: at most 1,000, among the 5,000 that were active
/// most recently.</summary>
public sealed class ConversationCounts(ConversationTable table)
{
    /// <summary>Counts no further.</summary>
    public const int MaxCounted = 1_000;

    private readonly RowScan rows = new(table);

    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="AnotherVersionException"/>
    public async Task<ConversationCount> CountAsync(
        string shopId, ResolvedFilter filter, CancellationToken cancellationToken)
    {
        var scan = new FilterScan(filter);
        var (count, waiting) = (0, 0);
        DateTimeOffset? last = null;
        var keys = PageRequest.OfConversations(PageRequest.MaxTop, continuationToken: null)!.Within(filter.Filter).Keys;
        await foreach (var row in rows.ReadAsync(
            shopId, keys, condition: null, pageRows: null, ResolvedFilter.Columns, cancellationToken))
        {
            if (scan.Matches(row))
            {
                count++;
                last ??= row[Column.LastItemAt] as DateTimeOffset?;
                if (ResolvedFilter.WaitingSince(row) is not null) waiting++;
            }

            // There may be no other row, but checking that would cost a request.
            if (count == MaxCounted || scan.Scanned == ConversationQueries.MaxScannedRows)
                return new ConversationCount(count, waiting, IsPart: true) { LastItemAt = last };
        }

        return new ConversationCount(count, waiting, IsPart: false) { LastItemAt = last };
    }

    /// <summary>Counts all conversations of a shop, with one request.</summary>
    /// <inheritdoc cref="CountAsync(string, ResolvedFilter, CancellationToken)" path="/exception"/>
    public Task<ConversationCount> CountAsync(string shopId, CancellationToken cancellationToken) =>
        CountAsync(shopId, new ResolvedFilter(new ConversationFilter(), assignees: null, customers: null), cancellationToken);

    /// <summary>Counts all conversations of each shop: one request for each. Null for a shop whose rows cannot be read: they must
    /// not hide the other shops.</summary>
    /// <returns>The counts, in the order of the shops.</returns>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<IReadOnlyList<ConversationCount?>> CountEachAsync(
        IReadOnlyList<string> shopIds, CancellationToken cancellationToken)
    {
        var counts = new ConversationCount?[shopIds.Count];
        await table.Concurrency.ForEachAsync(shopIds.Index(), Concurrency.Shops, async (shop, token) =>
        {
            try
            {
                counts[shop.Index] = await CountAsync(shop.Item, token);
            }
            catch (Exception exception) when (exception is DamagedRowException or AnotherVersionException)
            {
                counts[shop.Index] = null;
            }
        }, cancellationToken);
        return counts;
    }
}

/// <summary>How many conversations there are.</summary>
/// <param name="Conversations">How many were counted.</param>
/// <param name="Waiting">How many of them wait for an answer.</param>
/// <param name="IsPart">True if there may be more.</param>
public sealed record ConversationCount(int Conversations, int Waiting, bool IsPart)
{
    /// <summary>The last item of the most recently active one; null if there is none.</summary>
    public DateTimeOffset? LastItemAt { get; init; }
}
