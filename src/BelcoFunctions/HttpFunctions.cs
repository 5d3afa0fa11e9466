using System.Globalization;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions;

/// <summary>The HTTP functions: receive a webhook, read conversations, check health, redrive or erase dead letters.</summary>
public sealed class HttpFunctions(
    WebhookApi webhooks, ConversationApi conversations, HealthApi health, DeadLetterRedrive redrive, DeadLetterErasure erasure)
{
    private const string Conversations = "shops/{shopId}/conversations";

    [Function("ReceiveWebhook")]
    public async Task<HttpResponseData> ReceiveAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "webhooks/belco")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        await ReplyAsync(request, await webhooks.ReceiveAsync(request.Body, name => Header(request, name), cancellationToken));

    [Function("ListConversations")]
    public async Task<HttpResponseData> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Conversations)] HttpRequestData request,
        string shopId, CancellationToken cancellationToken) =>
        await ReplyAsync(request, await conversations.ListConversationsAsync(
            shopId, name => request.Query[name], cancellationToken));

    [Function("GetConversation")]
    public async Task<HttpResponseData> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Conversations + "/{conversationId}")] HttpRequestData request,
        string shopId, string conversationId, CancellationToken cancellationToken) =>
        await ReplyAsync(request, await conversations.GetConversationAsync(
            shopId, conversationId, name => request.Query[name], cancellationToken));

    [Function("Health")]
    public async Task<HttpResponseData> CheckAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        await ReplyAsync(request, await health.CheckAsync(cancellationToken));

    [Function("RedriveDeadLetters")]
    public async Task<HttpResponseData> RedriveAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "dead-letters/redrive")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        await ReplyAsync(request, await redrive.RunAsync(name => request.Query[name], cancellationToken));

    [Function("EraseDeadLetters")]
    public async Task<HttpResponseData> EraseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "dead-letters/erase")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        await ReplyAsync(request, await erasure.RunAsync(request.Query["queue"], request.Query["shop"], cancellationToken));

    private static string? Header(HttpRequestData request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    private static async Task<HttpResponseData> ReplyAsync(HttpRequestData request, HttpReply reply)
    {
        var response = request.CreateResponse();
        response.StatusCode = reply.Status;
        response.Headers.Add("Content-Type", reply.ContentType);
        if (reply.RetryAfter is { } wait)
        {
            response.Headers.Add("Retry-After", wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
        }
        await response.Body.WriteAsync(reply.Body);
        return response;
    }
}
