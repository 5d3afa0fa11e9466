using BelcoFunctions.Pipeline.Queries;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace BelcoFunctions.Http;

/// <summary>The read API.</summary>
public sealed class ReadConversations(ConversationApi api)
{
    [Function("ListConversations")]
    public async Task<HttpResponseData> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shopId}/conversations")] HttpRequestData request,
        string shopId, CancellationToken cancellationToken) =>
        await request.ReplyAsync(
            await api.ListConversationsAsync(shopId, name => request.Query[name], cancellationToken), cancellationToken);

    [Function("GetConversation")]
    public async Task<HttpResponseData> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "shops/{shopId}/conversations/{conversationId}")] HttpRequestData request,
        string shopId, string conversationId, CancellationToken cancellationToken) =>
        await request.ReplyAsync(
            await api.GetConversationAsync(shopId, conversationId, name => request.Query[name], cancellationToken), cancellationToken);
}
