using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BelcoFunctions.Viewer.Completeness;

/// <summary>The page that says how complete the archive is, of one shop or of all.</summary>
internal static class CompletenessEndpoints
{
    // Each one costs two requests.
    private const int ShopsOnPage = 50;

    public static void MapCompleteness(this IEndpointRouteBuilder routes) =>
        routes.MapGet(ListAddress.CompletenessPath, ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext http, CompletenessQueries queries)
    {
        var place = ListAddress.Read(http.Request.Query);
        var shops = place is not null
            ? new CompletenessPage([await queries.FindAsync(place.ShopId, http.RequestAborted)], HasMore: false)
            : await queries.ListAsync(
                ShopsOnPage, RequestFields.Given(http.Request.Query, ListAddress.AfterName), http.RequestAborted);
        return new RazorComponentResult<ArchivePage>(new { Place = place, Shops = shops });
    }
}
