using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Web;

/// <summary>Light, dark, or the system's choice. A cookie stores the choice, so that the server renders the right colours. If
/// a script changed them later, the page would flash.</summary>
internal static class Theme
{
    public const string System = "system";
    public const string Light = "light";
    public const string Dark = "dark";

    /// <summary>The name of the cookie. The script sets it too.</summary>
    public const string Cookie = "belco-theme";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);

    public static string Read(HttpRequest request) => Known(request.Cookies[Cookie]);

    /// <summary>Returns one of the three themes: System for any unknown text.</summary>
    public static string Known(string? theme) => theme is Light or Dark ? theme : System;

    public static void Keep(HttpResponse response, string theme) => response.Cookies.Append(
        Cookie, Known(theme), new CookieOptions { MaxAge = Lifetime, SameSite = SameSiteMode.Strict, Path = "/" });
}
