using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>Answers 404 to everything that no other route takes, as the Functions host does. It also answers 404 to a known
/// path with a wrong method: routing alone would answer 405.</summary>
internal static class NotFoundRoute
{
    public static void MapNotFound(this IEndpointRouteBuilder routes) => routes.MapFallback("{**path}", http =>
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });
}
