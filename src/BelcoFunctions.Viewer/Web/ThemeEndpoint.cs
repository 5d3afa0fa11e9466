using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BelcoFunctions.Viewer.Web;

/// <summary>The switch between light and dark, for readers without script.</summary>
internal static class ThemeEndpoint
{
    public const string Path = "/theme";
    public const string Choice = "theme";
    public const string Return = "return";

    private const int MaxFormBytes = 16 * 1024;

    public static async Task<IResult> KeepAsync(HttpContext http, IAntiforgery antiforgery)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxFormBytes;
        }

        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http)) return ErrorPages.FormExpired();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        Theme.Keep(http.Response, form[Choice].ToString());
        return TypedResults.LocalRedirect(IsLocal(form[Return]) ? form[Return].ToString() : "/");
    }

    // Not a path that a browser takes for an address of another host.
    private static bool IsLocal(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl);
}
