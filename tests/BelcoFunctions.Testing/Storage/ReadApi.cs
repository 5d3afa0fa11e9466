using System.Net;
using BelcoFunctions.Pipeline.Http;

namespace BelcoFunctions.Testing.Storage;

/// <summary>The read API of a test's table, asked as a host asks it.</summary>
internal sealed class ReadApi(TestTable table, params IReadOnlyList<Interceptor> interceptors)
{
    private readonly ConversationApi api = new(table.Conversations(interceptors), TimeProvider.System);

    public Task<HttpReply> ListAsync(string query = "") =>
        api.ListConversationsAsync(EventFactory.ShopId, Parameters(query), CancellationToken.None);

    public Task<HttpReply> GetAsync(string conversationId, string query = "") =>
        api.GetConversationAsync(EventFactory.ShopId, conversationId, Parameters(query), CancellationToken.None);

    /// <summary>Page by page through the shop's conversations.</summary>
    public IAsyncEnumerable<JsonArray> PagesAsync(string query) => PagesAsync("conversations", query, ListAsync);

    /// <summary>Page by page through a conversation's timeline.</summary>
    public IAsyncEnumerable<JsonArray> TimelinePagesAsync(string conversationId, string query) =>
        PagesAsync("timeline", query, page => GetAsync(conversationId, page));

    private static async IAsyncEnumerable<JsonArray> PagesAsync(string name, string query, Func<string, Task<HttpReply>> ask)
    {
        for (var token = ""; token is not null;)
        {
            var reply = Json(await ask(token.Length == 0 ? query : $"{query}&continuationToken={token}"));
            yield return reply[name]!.AsArray();
            token = (string?)reply["continuationToken"];
        }
    }

    /// <summary>Asserts that a reply is OK, and returns its body.</summary>
    public static JsonObject Json(HttpReply reply) => reply.Status is HttpStatusCode.OK
        ? JsonNode.Parse(reply.Body.Span)!.AsObject()
        : throw new InvalidOperationException($"{reply.Status}: {System.Text.Encoding.UTF8.GetString(reply.Body.Span)}");

    private static QueryParameters Parameters(string query)
    {
        var values = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        return new QueryParameters(values.Keys, name => values.GetValueOrDefault(name));
    }
}
