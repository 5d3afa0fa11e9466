using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Local.Hosting;

/// <summary>Answers a wrong method as the Functions host does.</summary>
internal static class WrongMethods
{
    /// <summary>404 where ASP.NET Core's routing would answer 405.</summary>
    public static void UseNotFoundForWrongMethods(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (http.Response is not { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false }) return;
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        http.Response.Headers.Allow = default;
    });
}
