using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Local.Hosting;

/// <summary>Requests with a wrong method, which both hosts answer alike.</summary>
internal static class WrongMethods
{
    /// <summary>Answers 404, where the routing of ASP.NET Core answers 405.</summary>
    public static void UseNotFoundForWrongMethods(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (http.Response is not { StatusCode: StatusCodes.Status405MethodNotAllowed, HasStarted: false }) return;
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        http.Response.Headers.Allow = default;
    });
}
