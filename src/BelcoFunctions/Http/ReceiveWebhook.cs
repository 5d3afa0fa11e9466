using BelcoFunctions.Pipeline.Receiving;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace BelcoFunctions.Http;

/// <summary>The URL that Belco calls.</summary>
public sealed class ReceiveWebhook(WebhookReceiver receiver, WebhookSettings settings)
{
    [Function(nameof(ReceiveWebhook))]
    public async Task<HttpResponseData> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "webhooks/belco")] HttpRequestData request,
        CancellationToken cancellationToken)
    {
        var outcome = await receiver.ReceiveAsync(request.Body, ContentLength(request), Signature(request), cancellationToken);
        return await request.ReplyAsync(outcome.ToReply(), cancellationToken);
    }

    private string? Signature(HttpRequestData request) => settings.SignatureHeader is { } name ? Header(request, name) : null;

    private static long? ContentLength(HttpRequestData request) =>
        long.TryParse(Header(request, "Content-Length"), out var length) && length >= 0 ? length : null;

    private static string? Header(HttpRequestData request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
