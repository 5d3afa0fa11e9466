using System.Runtime.CompilerServices;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Reads how complete the archive of each shop is: two requests for each shop.</summary>
public sealed class CompletenessQueries(ShopQueries shops, ImportMarks marks)
{
    private const int PageSize = 50;

    /// <summary>Some of the shops: as <see cref="ShopQueries.ListAsync"/>.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<CompletenessPage> ListAsync(int top, string? after, CancellationToken cancellationToken)
    {
        var page = await shops.ListAsync(top, after, cancellationToken);
        List<ShopCompleteness> listed = [];
        foreach (var shop in page.Shops) listed.Add(await FindAsync(shop, cancellationToken));
        return new CompletenessPage(listed, page.HasMore);
    }

    /// <summary>All shops.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async IAsyncEnumerable<ShopCompleteness> ListAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? last = null;
        while (true)
        {
            var page = await ListAsync(PageSize, last, cancellationToken);
            foreach (var shop in page.Shops) yield return shop;
            if (!page.HasMore) yield break;
            last = page.Shops[^1].ShopId;
        }
    }

    /// <summary>One shop. A shop without a row was never imported.</summary>
    /// <exception cref="StoreUnavailableException"/>
    public async Task<ShopCompleteness> FindAsync(string shopId, CancellationToken cancellationToken)
    {
        try
        {
            return new ShopCompleteness(shopId, await marks.FindAsync(shopId, cancellationToken));
        }
        catch (Exception exception) when (exception is DamagedRowException or AnotherVersionException)
        {
            return new ShopCompleteness(shopId, null) { Error = exception.Message };
        }
    }
}

/// <summary>Some shops, and whether more follow.</summary>
public sealed record CompletenessPage(IReadOnlyList<ShopCompleteness> Shops, bool HasMore);
