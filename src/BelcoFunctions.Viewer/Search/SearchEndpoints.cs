using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Queries.Search;
using BelcoFunctions.Viewer.Shared;
using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BelcoFunctions.Viewer.Search;

/// <summary>The page with the results of a search.</summary>
internal static class SearchEndpoints
{
    /// <summary>Shops to choose from. Each one costs a request.</summary>
    private const int MaxShops = 50;

    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapGet(SearchAddress.Path, GetAsync);

    private static async Task<IResult> GetAsync(HttpContext http, ShopQueries shops, ConversationSearch search)
    {
        var address = SearchAddress.Read(http.Request.Query);
        if (address.ShopId is not { } shopId) return await ChooseShopAsync(address, shops, http.RequestAborted);
        var (query, error) = address.Text is { } text ? SearchQuery.Read(text) : (null, null);
        if (query is null)
        {
            return new RazorComponentResult<SearchPage>(new { Address = address, Error = error })
            {
                StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
            };
        }

        if (SearchRequest.Create(shopId, query, since: null, address.After) is not { } request)
        {
            return ErrorPages.AddressNotUnderstood();
        }

        // This is also the last moment at which a store that does not answer can still get a page of its own.
        return await shops.ExistsAsync(shopId, http.RequestAborted) ? new SearchStream(address, request, search)
            : ErrorPages.NotFound("Shop not found", "The archive has no row of this shop.");
    }

    private static async Task<IResult> ChooseShopAsync(
        SearchAddress address, ShopQueries shops, CancellationToken cancellationToken)
    {
        var page = await shops.ListAsync(MaxShops, after: null, cancellationToken);
        return page is { Shops: [var only], HasMore: false }
            ? TypedResults.LocalRedirect((address with { ShopId = only }).Value)
            : new RazorComponentResult<SearchPage>(new { Address = address, Shops = page });
    }
}
