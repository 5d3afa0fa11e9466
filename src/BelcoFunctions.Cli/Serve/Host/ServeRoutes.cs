using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Pipeline.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>The same routes as the Functions app, served by Kestrel.</summary>
internal static class ServeRoutes
{
    public const string Webhook = "/api/webhooks/belco";
    public const string Conversations = "/api/shops/{shopId}/conversations";

    public static void MapPipeline(this IEndpointRouteBuilder routes)
    {
        // Resolved once, because resolving it for each webhook would create a service scope each time.
        var webhooks = routes.ServiceProvider.GetRequiredService<WebhookApi>();
        routes.MapPost(Webhook, async http =>
            await http.WriteAsync(await webhooks.ReceiveAsync(
                http.Request.Body, new KestrelHeaders(http.Request.Headers), http.RequestAborted)));
        routes.MapGet(Conversations, async (string shopId, HttpContext http, ConversationApi api) =>
            await http.WriteAsync(await api.ListConversationsAsync(shopId, ParametersOf(http), http.RequestAborted)));
        routes.MapGet(Conversations + "/{conversationId}",
            async (string shopId, string conversationId, HttpContext http, ConversationApi api) =>
                await http.WriteAsync(
                    await api.GetConversationAsync(shopId, conversationId, ParametersOf(http), http.RequestAborted)));
        routes.MapGet("/api/health", async (HttpContext http, HealthApi api) =>
            await http.WriteAsync(await api.CheckAsync(http.RequestAborted)));
        routes.MapGet(ServeStatus.Path, (SqliteQueue queue, CounterTotals counters) =>
            TypedResults.Ok(new ServeStatus(queue.ReadStatistics(), counters.Read())));
    }

    private static QueryParameters ParametersOf(HttpContext http) => new(
        http.Request.Query.Keys, name => http.Request.Query.TryGetValue(name, out var values) ? values.ToString() : null);

    public static async Task WriteAsync(this HttpContext http, HttpReply reply)
    {
        http.Response.StatusCode = (int)reply.Status;
        http.Response.ContentType = reply.ContentType;
        http.Response.ContentLength = reply.Body.Length;
        foreach (var (name, value) in reply.Headers) http.Response.Headers[name] = value;
        await http.Response.Body.WriteAsync(reply.Body, http.RequestAborted);
    }
}
