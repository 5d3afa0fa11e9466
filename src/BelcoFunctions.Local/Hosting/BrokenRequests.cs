using System.Net;
using BelcoFunctions.Pipeline.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Local.Hosting;

/// <summary>Requests that break off, or that are not HTTP. They are their sender's errors, but an exception of a request's body
/// that nobody catches is logged as an error of ours.</summary>
internal static class BrokenRequests
{
    public static void UseBrokenRequests(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
        {
            await http.WriteAsync(HttpReply.Problem((HttpStatusCode)exception.StatusCode, "Broken request", exception.Message));
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // There is nobody left to answer.
        }
    });
}
