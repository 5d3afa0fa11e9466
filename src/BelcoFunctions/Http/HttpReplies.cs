using System.Globalization;
using BelcoFunctions.Pipeline;
using Microsoft.Azure.Functions.Worker.Http;

namespace BelcoFunctions.Http;

/// <summary>Writes the library's replies.</summary>
internal static class HttpReplies
{
    public static async Task<HttpResponseData> ReplyAsync(this HttpRequestData request, HttpReply reply, CancellationToken cancellationToken)
    {
        var response = request.CreateResponse();
        response.StatusCode = reply.Status;
        response.Headers.Add("Content-Type", reply.ContentType);
        if (reply.RetryAfter is { } wait) response.Headers.Add("Retry-After", wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
        await response.Body.WriteAsync(reply.Body, cancellationToken);
        return response;
    }
}
