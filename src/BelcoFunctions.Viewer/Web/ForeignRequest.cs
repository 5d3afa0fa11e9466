using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Web;

/// <summary>Detects a request that a page of another origin made.</summary>
public static class ForeignRequest
{
    private const string FetchSite = "Sec-Fetch-Site";
    private const string FetchMode = "Sec-Fetch-Mode";

    /// <summary>Whether a page of another origin made the request. Following a link from there is allowed.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers[FetchSite].ToString();
        if (request.Headers.Origin is [{ } origin, ..])
        {
            // Forms on our own pages send the origin "null", because the pages send no referrer.
            return origin == "null" ? site is not "same-origin" : origin != $"{request.Scheme}://{request.Host}";
        }

        var isNavigation = HttpMethods.IsGet(request.Method) && request.Headers[FetchMode] == "navigate";
        return site is "cross-site" or "same-site" && !isNavigation;
    }
}
