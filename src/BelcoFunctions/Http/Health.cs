using BelcoFunctions.Pipeline.Queries;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace BelcoFunctions.Http;

/// <summary>Whether webhooks can be queued and projected, for a monitor to ask.</summary>
public sealed class Health(PipelineHealth health)
{
    [Function(nameof(Health))]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        await request.ReplyAsync(await health.CheckAsync(cancellationToken), cancellationToken);
}
