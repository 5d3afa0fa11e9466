using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BelcoFunctions.Viewer.Web;

/// <summary>The headers that protect the pages: they allow nothing but their own style sheet, script and icon.</summary>
internal static class ViewerSecurity
{
    public const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'; "
        // The browser lets no script turn text into markup or code.
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    public static void AddHeaders(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // A browser must not store conversations in its cache.
        if (headers.CacheControl.Count == 0 || IsDefault(headers.CacheControl)) headers.CacheControl = "no-store";
    }

    // The value that the antiforgery token sets.
    private static bool IsDefault(string? cacheControl) =>
        CacheControlHeaderValue.TryParse(cacheControl, out var value) && value.NoCache;
}
