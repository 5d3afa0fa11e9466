using System.Net;
using BelcoFunctions.Pipeline.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>Answers requests that break off or are not HTTP. Without this, the sender's error would be logged as an error of
/// this host.</summary>
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
            // The sender has closed the connection, so nobody can get an answer.
        }
    });
}
