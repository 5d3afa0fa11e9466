using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Web;

/// <summary>The switch between light and dark, for readers without script.</summary>
internal static class ThemeEndpoint
{
    public const string Path = "/theme";
    public const string Choice = "theme";
    public const string Return = "return";

    public static async Task<IResult> KeepAsync(HttpContext http, IAntiforgery antiforgery)
    {
        if (await ViewerForm.ReadAsync(http, antiforgery) is not { } form) return ErrorPages.FormExpired();
        Theme.Keep(http.Response, form[Choice].ToString());
        return TypedResults.LocalRedirect(IsLocal(form[Return]) ? form[Return].ToString() : "/");
    }

    // Rejects paths like //host, which a browser takes for another host.
    private static bool IsLocal(string? path) =>
        path is ['/', ..] and not ['/', '/' or '\\', ..] && !path.Any(char.IsControl);
}
