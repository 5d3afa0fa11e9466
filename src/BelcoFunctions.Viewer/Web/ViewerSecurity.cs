using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BelcoFunctions.Viewer.Web;

/// <summary>What protects the pages: headers that allow nothing but their own style sheet, script and icon, and the refusal of
/// requests that pages of other origins make.</summary>
internal static class ViewerSecurity
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'; "
        // The browser lets no script turn text into markup or code.
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    private const string FetchSite = "Sec-Fetch-Site";
    private const string FetchMode = "Sec-Fetch-Mode";

    public static void AddHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Conversations do not belong into a browser's cache.
        if (headers.CacheControl.Count == 0 || IsDefault(headers.CacheControl)) headers.CacheControl = "no-store";
    }

    /// <summary>Whether a page of another origin made the request. Following a link from there is allowed.</summary>
    public static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers[FetchSite].ToString();
        if (request.Headers.Origin is [{ } origin, ..])
        {
            // A form of our own pages has the origin "null", because they send no referrer.
            return origin == "null" ? site is not "same-origin" : origin != $"{request.Scheme}://{request.Host}";
        }

        var isNavigation = HttpMethods.IsGet(request.Method) && request.Headers[FetchMode] == "navigate";
        return site is "cross-site" or "same-site" && !isNavigation;
    }

    // The antiforgery token sets its own.
    private static bool IsDefault(string? cacheControl) =>
        CacheControlHeaderValue.TryParse(cacheControl, out var value) && value.NoCache;
}
