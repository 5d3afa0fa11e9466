using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace BelcoFunctions.MinimalWorker;

/// <summary>The only function.</summary>
public static class Functions
{
    [Function("Answer")]
    public static HttpResponseData Answer(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "answer")] HttpRequestData request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.CreateResponse(HttpStatusCode.OK);
    }
}
