using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Reads conversations and their timelines for the read API and the viewer.</summary>
public sealed class ConversationQueries(TableClient table)
{
    /// <summary>Rows per request if there is a filter, which may drop most of them: ten requests per call, not
    /// thousands.</summary>
    private const int FilteredPageRows = 500;

    /// <summary>The most rows that one call reads, so that a filter that rarely matches cannot make it endless.</summary>
    private const int MaxScannedRows = 5_000;

    /// <summary>A shop's conversations, most recently active first.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<RowPage> ListAsync(
        string shopId, ConversationFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        ReadPageAsync(shopId, page, filter.IsEmpty ? page.Top + 1 : FilteredPageRows, select: null, filter.Matches,
            RowJson.OfConversation, cancellationToken);

    /// <summary>A conversation; null if none of its events was projected, or nothing of it is left.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<JsonObject?> GetConversationAsync(string shopId, string conversationId, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.Escape(shopId), TableKeys.Conversation(conversationId), cancellationToken: cancellationToken);
            return row.HasValue && !ConversationRow.IsTombstone(row.Value!) ? RowJson.OfConversation(row.Value!) : null;
        }, cancellationToken);

    /// <summary>A conversation's events, oldest first.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<RowPage> GetTimelineAsync(string shopId, PageRequest page, CancellationToken cancellationToken) =>
        ReadPageAsync(shopId, page, page.Top + 1, RowJson.TimelineSelect, _ => true, RowJson.OfTimeline, cancellationToken);

    // Ask for one row more than the page has: it tells whether there is another page.
    private Task<RowPage> ReadPageAsync(string shopId, PageRequest page, int requestRows, IEnumerable<string>? select,
        Predicate<TableEntity> matches, Func<TableEntity, JsonObject> toJson, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var query = TableClient.CreateQueryFilter(
                $"PartitionKey eq {TableKeys.Escape(shopId)} and RowKey gt {page.Keys.After} and RowKey lt {page.Keys.Before}");
            AsyncPageable<TableEntity> rows = table.QueryAsync<TableEntity>(query, requestRows, select, cancellationToken);
            var (found, scanned, last) = (new JsonArray(), 0, "");
            await foreach (var row in rows)
            {
                if (found.Count == page.Top) return new RowPage(found, PageRequest.ToToken(last));
                last = row.RowKey;
                if (matches(row)) found.Add(toJson(row));
                // Return a token without a request that checks whether there is another row.
                if (++scanned == MaxScannedRows) return new RowPage(found, PageRequest.ToToken(last));
            }

            return new RowPage(found, ContinuationToken: null);
        }, cancellationToken);
}

/// <summary>A page of rows as JSON, and the token of the next page; null on the last page.</summary>
public sealed record RowPage(JsonArray Rows, string? ContinuationToken);
