using System.Collections.Concurrent;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Reads conversations and their timelines for the read API and the viewer.</summary>
public sealed class ConversationQueries(ConversationTable table)
{
    /// <summary>Rows per request if there is a filter. A filter may drop most rows. If a request read only as many rows as a
    /// small page shows, a call could need thousands of requests; with this many rows in each, it makes at most ten.</summary>
    private const int FilteredPageRows = 500;

    /// <summary>The most rows that one call reads: a filter that rarely matches must not make the call endless.</summary>
    internal const int MaxScannedRows = 5_000;

    private readonly RowScan rows = new(table);
    private readonly FilterPeople people = new(table, FilterPeople.MaxCustomersOfPage);

    /// <summary>Looks up the names in a filter, for the other queries.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="AnotherVersionException"/>
    public Task<ResolvedFilter> ResolveAsync(string shopId, ConversationFilter filter, CancellationToken cancellationToken) =>
        people.ResolveAsync(shopId, filter, cancellationToken);

    /// <summary>A shop's conversations, most recently active first.</summary>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="AnotherVersionException"/>
    /// <exception cref="DamagedRowException"/>
    public async Task<RowPage<ConversationSummary>> ListAsync(
        string shopId, ConversationFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        await ListAsync(shopId, await ResolveAsync(shopId, filter, cancellationToken), page, cancellationToken);

    /// <inheritdoc cref="ListAsync(string, ConversationFilter, PageRequest, CancellationToken)"/>
    public async Task<RowPage<ConversationSummary>> ListAsync(
        string shopId, ResolvedFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var scan = new FilterScan(filter);
        var listed = await ReadPageAsync(shopId, page.Within(filter.Filter),
            filter.Filter.IsDecidedByKeys ? page.Top + 1 : FilteredPageRows, RowColumns.ConversationSelect,
            scan.Matches, ConversationSummary.Read, cancellationToken);
        IReadOnlyList<string> unused = listed.Rows.Count > 0 ? []
            : scan.Notes(isComplete: page.IsFirst && listed.ContinuationToken is null);
        return listed with { Notes = [.. filter.Limits, .. unused] };
    }

    /// <summary>Some conversations by their ids, without those that are not in the archive: a request for each.</summary>
    /// <inheritdoc cref="ListAsync(string, ConversationFilter, PageRequest, CancellationToken)" path="/exception"/>
    public async Task<IReadOnlyDictionary<string, ConversationSummary>> FindAsync(
        string shopId, IEnumerable<string> conversationIds, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, ConversationSummary> found = new(StringComparer.Ordinal);
        await table.Concurrency.ForEachAsync(conversationIds, Concurrency.Reads, async (id, token) =>
        {
            if (await GetConversationAsync(shopId, id, token) is { } conversation) found[id] = conversation;
        }, cancellationToken);
        return found;
    }

    /// <summary>A conversation; null if none of its events was projected, or all of it was erased.</summary>
    /// <inheritdoc cref="ListAsync(string, ConversationFilter, PageRequest, CancellationToken)" path="/exception"/>
    public async Task<ConversationSummary?> GetConversationAsync(
        string shopId, string conversationId, CancellationToken cancellationToken) =>
        await rows.FindAsync(shopId, TableKeys.Conversation(conversationId), RowColumns.ConversationSelect, cancellationToken)
            is { } row && !ConversationRow.IsTombstone(row) ? ConversationSummary.Read(row) : null;

    /// <summary>A conversation's events, oldest first, without those that are erased.</summary>
    /// <inheritdoc cref="ListAsync(string, ConversationFilter, PageRequest, CancellationToken)" path="/exception"/>
    public Task<RowPage<TimelineEntry>> GetTimelineAsync(
        ConversationSummary conversation, PageRequest page, CancellationToken cancellationToken) =>
        ReadPageAsync(
            conversation.ShopId, page.After(conversation.ErasedThrough, conversation.ConversationId), page.Top + 1,
            RowColumns.TimelineSelect, _ => true, TimelineEntry.Read, cancellationToken);

    /// <summary>All events of a conversation that are not erased, oldest first. Only some rows at a time are in
    /// memory.</summary>
    /// <inheritdoc cref="ListAsync" path="/exception"/>
    public IAsyncEnumerable<TimelineEntry> ReadTimelineAsync(
        ConversationSummary conversation, CancellationToken cancellationToken) => rows.ReadAsync(
        conversation.ShopId, TableKeys.TimelineAfter(conversation.ConversationId, conversation.ErasedThrough),
        condition: null, RowScan.LargeRowsPage, RowColumns.TimelineSelect, cancellationToken).Select(TimelineEntry.Read);

    // Read one row more than the page has, to know whether there is another page.
    private async Task<RowPage<T>> ReadPageAsync<T>(string shopId, PageRequest page, int requestRows, IEnumerable<string> columns,
        Predicate<TableEntity> matches, Func<TableEntity, T> read, CancellationToken cancellationToken)
    {
        List<T> found = [];
        var (scanned, last) = (0, "");
        await foreach (var row in rows.ReadAsync(
            shopId, page.Keys, condition: null, requestRows, columns, cancellationToken))
        {
            if (found.Count == page.Top) return new RowPage<T>(found, PageRequest.ToToken(last));
            last = row.RowKey;
            if (matches(row)) found.Add(read(row));
            // There may be no other row, but checking that would cost a request. So return a token in any case.
            if (++scanned == MaxScannedRows) return new RowPage<T>(found, PageRequest.ToToken(last));
        }

        return new RowPage<T>(found, ContinuationToken: null);
    }
}

/// <summary>A page of rows, and the token of the next page; null on the last page.</summary>
public sealed record RowPage<T>(IReadOnlyList<T> Rows, string? ContinuationToken)
{
    /// <summary>Sentences about a list that is empty or not searched completely. They quote what was typed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
