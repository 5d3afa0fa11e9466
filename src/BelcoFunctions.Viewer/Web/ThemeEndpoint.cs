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

    // The address to return to is a field, and percent signs in it are encoded again.
    private const int MaxFormBytes = 128 * 1024;

    public static async Task<IResult> KeepAsync(HttpContext http, IAntiforgery antiforgery)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MaxFormBytes;
        }

        if (!http.Request.HasFormContentType || !await IsValidAsync(http, antiforgery)) return ErrorPages.FormExpired();
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        Theme.Keep(http.Response, form[Choice].ToString());
        return TypedResults.LocalRedirect(IsLocal(form[Return]) ? form[Return].ToString() : "/");
    }

    private static async Task<bool> IsValidAsync(HttpContext http, IAntiforgery antiforgery)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(http);
        }
        catch (Exception exception) when (exception is AntiforgeryValidationException or NotSupportedException)
        {
            // The form is too large, or is none. Or its charset is one that .NET does not read.
            return false;
        }
    }

    // Not a path that a browser takes for an address of another host.
    private static bool IsLocal(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl);
}
