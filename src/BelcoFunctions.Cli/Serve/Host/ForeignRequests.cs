using System.Net;
using BelcoFunctions.Pipeline.Http;
using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Builder;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>Refuses requests to the API from pages of other sites. A browser lets any website post to this machine, and
/// without a secret, webhooks need no signature here.</summary>
internal static class ForeignRequests
{
    private static readonly HttpReply Refused = HttpReply.Problem(HttpStatusCode.Forbidden, "Refused",
        "A page of another site made this request. Webhooks come from servers, not from browsers.");

    public static void UseForeignRequests(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (ForeignRequest.IsForeign(http.Request)) await http.WriteAsync(Refused);
        else await next(http);
    });
}
