using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Lists the shops without reading their conversations. Asks for the first row after a shop's rows, which belongs to
/// the next shop: one request for each shop, however many rows it has. Also lists a shop whose conversations were all erased:
/// only reading its rows could show that. A partition that has only customers' rows is not a shop, and costs a second request.
/// Erasing a customer writes such a row, even if the operator mistyped the shop's id. In a real shop, each customer's row has a
/// conversation beside it.</summary>
public sealed class ShopQueries(ConversationTable table)
{
    private static readonly string[] Columns = [Column.PartitionKey, Column.RowKey, Column.ShopId];

    /// <summary>The shops after a given one, in the order of their keys.</summary>
    /// <param name="top">The most shops to return.</param>
    /// <param name="after">The last shop of the previous page; null for the first page.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public Task<ShopPage> ListAsync(int top, string? after, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        List<string> shops = [];
        var next = await FindAfterAsync(after is null ? "" : TableKeys.Escape(after), cancellationToken);
        for (; next is not null; next = await FindAfterAsync(next.PartitionKey, cancellationToken))
        {
            if (ShopOf(next) is not { } shop || !await IsShopAsync(next, cancellationToken)) continue;
            if (shops.Count == top) return new ShopPage(shops, HasMore: true);
            shops.Add(shop);
        }

        return new ShopPage(shops, HasMore: false);
    }, cancellationToken);

    /// <summary>Whether the archive has a shop.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public Task<bool> ExistsAsync(string shopId, CancellationToken cancellationToken) => StoreError.Guard(async () =>
    {
        var rows = table.Client.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Escape(shopId)}"), maxPerPage: 1, Columns,
            cancellationToken);
        return await rows.FirstOrDefaultAsync(cancellationToken) is { } first && await IsShopAsync(first, cancellationToken);
    }, cancellationToken);

    /// <param name="first">The first row of the partition. A conversation's row would come before those of customers.</param>
    private async Task<bool> IsShopAsync(TableEntity first, CancellationToken cancellationToken)
    {
        if (!first.RowKey.StartsWith(TableKeys.CustomerPrefix, StringComparison.Ordinal)) return true;
        var end = KeyRange.From(TableKeys.CustomerPrefix).Before;
        var others = table.Client.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {first.PartitionKey} and RowKey ge {end}"), maxPerPage: 1, Columns,
            cancellationToken);
        return await others.AnyAsync(cancellationToken);
    }

    // A customer's row does not name its shop. If the shop has no other row and its key is a hash, its id is unknown.
    private static string? ShopOf(TableEntity row) =>
        new[] { row[Column.ShopId] as string, TableKeys.Unescape(row.PartitionKey) }
            .FirstOrDefault(shop => shop is not null && TableKeys.Escape(shop) == row.PartitionKey);

    private async Task<TableEntity?> FindAfterAsync(string partitionKey, CancellationToken cancellationToken)
    {
        var rows = table.Client.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey gt {partitionKey}"), maxPerPage: 1, Columns, cancellationToken);
        await foreach (var row in rows) return row;
        return null;
    }
}

/// <summary>Some shops, and whether more follow.</summary>
public sealed record ShopPage(IReadOnlyList<string> Shops, bool HasMore);
