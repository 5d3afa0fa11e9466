using System.Net;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Http;

/// <summary>The read API: turns a request's parameters into a reply, the same in both hosts.</summary>
/// <param name="table">The conversations.</param>
/// <param name="time">Measures how long the table takes.</param>
public sealed class ConversationApi(ConversationTable table, TimeProvider time)
{
    private readonly ConversationQueries queries = new(table);

    /// <summary><c>GET /api/shops/{shopId}/conversations</c></summary>
    /// <param name="shopId">From the path.</param>
    /// <param name="parameters">The query.</param>
    /// <param name="cancellationToken">The caller has gone.</param>
    public Task<HttpReply> ListConversationsAsync(
        string shopId, QueryParameters parameters, CancellationToken cancellationToken) =>
        ReplyAsync([shopId], parameters, FilterParameters.Names, PageRequest.OfConversations, async (page, waiting) =>
        {
            var (filter, error) = FilterParameters.Read(parameters);
            return filter is null ? NotUnderstood(error)
                : HttpReply.Json(ConversationJson.Write(await queries.ListAsync(shopId, filter, page, waiting)));
        }, cancellationToken);

    /// <summary><c>GET /api/shops/{shopId}/conversations/{conversationId}</c></summary>
    /// <inheritdoc cref="ListConversationsAsync" path="/param"/>
    /// <param name="conversationId">From the path.</param>
    public Task<HttpReply> GetConversationAsync(
        string shopId, string conversationId, QueryParameters parameters, CancellationToken cancellationToken) => ReplyAsync(
        [shopId, conversationId], parameters, [], (top, token) => PageRequest.OfTimeline(conversationId, top, token),
        async (page, waiting) =>
        {
            if (await queries.GetConversationAsync(shopId, conversationId, waiting) is not { } conversation)
            {
                return HttpReply.Problem(HttpStatusCode.NotFound, "Conversation not found",
                    "No event of this conversation has been projected.");
            }

            // Read the timeline second: then it has at least the events that the conversation counts.
            var timeline = await queries.GetTimelineAsync(conversation, page, waiting);
            return HttpReply.Json(ConversationJson.Write(conversation, timeline));
        }, cancellationToken);

    private async Task<HttpReply> ReplyAsync(
        string[] ids, QueryParameters parameters, IEnumerable<string> others, Func<int, string?, PageRequest?> find,
        Func<PageRequest, CancellationToken, Task<HttpReply>> reply, CancellationToken cancellationToken)
    {
        var (page, error) = PageParameters.Read(parameters, find);
        // Routing decodes everything in a path except %2F, so "a/b" and "a%2Fb" look the same here.
        var answer = ids.Any(id => id.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            ? HttpReply.Problem(HttpStatusCode.BadRequest, "Id not understood",
                "A path cannot contain an id with a slash or with %2F. Query the table instead.")
            : parameters.RefuseUnknown([.. others, .. PageParameters.Names]) is { } refusal ? refusal
            : page is null ? NotUnderstood(error)
            : await ReadAsync(waiting => reply(page, waiting), cancellationToken);
        return answer with { IsPrivate = true };
    }

    private async Task<HttpReply> ReadAsync(Func<CancellationToken, Task<HttpReply>> read, CancellationToken cancellationToken)
    {
        using var wait = new StoreWait(time, cancellationToken);
        try
        {
            return await read(wait.Token);
        }
        catch (AnotherVersionException exception)
        {
            return HttpReply.Problem(HttpStatusCode.ServiceUnavailable, "Another version wrote the rows", exception.Message);
        }
        catch (Exception exception) when (exception is StoreUnavailableException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HttpReply.Problem(
                HttpStatusCode.ServiceUnavailable, "Store unavailable", "The table did not answer. Try again.");
        }
        catch (DamagedRowException exception)
        {
            return HttpReply.Problem(HttpStatusCode.InternalServerError, "Damaged row", exception.Message);
        }
    }

    private static HttpReply NotUnderstood(string? error) =>
        HttpReply.Problem(HttpStatusCode.BadRequest, "Parameter not understood", error);
}
