using System.Net;
using BelcoFunctions.DeadLetters;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.Functions;

/// <summary>The HTTP functions: receive a webhook, read conversations, check health, redrive or erase dead letters.</summary>
public sealed class HttpFunctions(
    WebhookApi webhooks, ConversationApi conversations, HealthApi health, DeadLetterRedrive redrive, DeadLetterEraser eraser)
{
    private const string Conversations = "shops/{shopId}/conversations";

    // 499 is the status that web servers log when the client has closed the request.
    private static readonly HttpReply CallerGone = HttpReply.Problem((HttpStatusCode)499, "Client closed request", detail: null);

    [Function("ReceiveWebhook")]
    public Task<HttpResponseData> ReceiveAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "webhooks/belco")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        ReplyAsync(request, webhooks.ReceiveAsync(request.Body, new WorkerHeaders(request.Headers), cancellationToken),
            cancellationToken);

    [Function("ListConversations")]
    public Task<HttpResponseData> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Conversations)] HttpRequestData request,
        string shopId, CancellationToken cancellationToken) =>
        ReplyAsync(request, conversations.ListConversationsAsync(shopId, ParametersOf(request), cancellationToken),
            cancellationToken);

    [Function("GetConversation")]
    public Task<HttpResponseData> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = Conversations + "/{conversationId}")] HttpRequestData request,
        string shopId, string conversationId, CancellationToken cancellationToken) =>
        ReplyAsync(request, conversations.GetConversationAsync(
            shopId, conversationId, ParametersOf(request), cancellationToken), cancellationToken);

    [Function("Health")]
    public Task<HttpResponseData> CheckAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        ReplyAsync(request, health.CheckAsync(cancellationToken), cancellationToken);

    [Function("RedriveDeadLetters")]
    public Task<HttpResponseData> RedriveAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "dead-letters/redrive")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        ReplyIfKnownAsync(
            request, RedriveRequest.Names, query => redrive.RunAsync(query.Find, cancellationToken), cancellationToken);

    [Function("EraseDeadLetters")]
    public Task<HttpResponseData> EraseAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "dead-letters/erase")] HttpRequestData request,
        CancellationToken cancellationToken) =>
        ReplyIfKnownAsync(request, [DeadLetterRun.QueueName],
            query => eraser.RunAsync(query.Find(DeadLetterRun.QueueName), cancellationToken), cancellationToken);

    private static Task<HttpResponseData> ReplyIfKnownAsync(HttpRequestData request, IReadOnlyList<string> known,
        Func<QueryParameters, Task<HttpReply>> run, CancellationToken cancellationToken)
    {
        var query = ParametersOf(request);
        return ReplyAsync(
            request, query.RefuseUnknown(known) is { } refusal ? Task.FromResult(refusal) : run(query), cancellationToken);
    }

    private static QueryParameters ParametersOf(HttpRequestData request) => new(
        // A name without "=" is among the values that have no name.
        request.Query.AllKeys.SelectMany(name => name is null ? request.Query.GetValues(name)! : [name]),
        name => request.Query[name]);

    private static async Task<HttpResponseData> ReplyAsync(
        HttpRequestData request, Task<HttpReply> replying, CancellationToken cancellationToken)
    {
        var reply = await UnlessGoneAsync(replying, cancellationToken);
        var response = request.CreateResponse();
        response.StatusCode = reply.Status;
        response.Headers.Add("Content-Type", reply.ContentType);
        foreach (var (name, value) in reply.Headers) response.Headers.Add(name, value);
        await response.Body.WriteAsync(reply.Body, CancellationToken.None);
        return response;
    }

    // If the caller has hung up, nobody reads the answer. But the host would log an exception, or any 5xx status, as a server
    // error.
    private static async Task<HttpReply> UnlessGoneAsync(Task<HttpReply> replying, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await replying;
            return cancellationToken.IsCancellationRequested && reply.Status >= HttpStatusCode.InternalServerError
                ? CallerGone : reply;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return CallerGone;
        }
    }
}
