using BelcoFunctions.Cli.Serve.Host;

namespace BelcoFunctions.Testing.Serving;

/// <summary>Requests to a local host, in this process or in another one.</summary>
internal static class HostRequests
{
    public static async Task<HttpResponseMessage> PostWebhookAsync(
        this HttpClient http, byte[] body, CancellationToken cancellationToken = default)
    {
        using var content = new ByteArrayContent(body);
        return await http.PostAsync(new Uri(ServeRoutes.Webhook, UriKind.Relative), content, cancellationToken);
    }

    /// <summary>Waits until no event remains in a queue.</summary>
    public static Task DrainAsync(this HttpClient http) => TestTimeout.UntilAsync(
        async cancellationToken => (await ServeStatus.FetchAsync(http, cancellationToken)).TotalDepth() == 0);

    /// <summary>The conversations of a shop with no more than a page of them.</summary>
    public static async Task<JsonArray> ListConversationsAsync(this HttpClient http, string shopId) =>
        JsonNode.Parse(await http.GetStringAsync(new Uri($"api/shops/{shopId}/conversations?top=500", UriKind.Relative)))!
            ["conversations"]!.AsArray();

    /// <summary>Waits until a conversation has that many events, or more.</summary>
    public static async Task<JsonObject> WaitForConversationAsync(
        this HttpClient http, string shopId, int events, string conversationId = PayloadFiles.ConversationId)
    {
        JsonObject? found = null;
        var path = $"api/shops/{shopId}/conversations/{Uri.EscapeDataString(conversationId)}";
        await TestTimeout.UntilAsync(async cancellationToken =>
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            if (!response.IsSuccessStatusCode) return false;
            found = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            return (int)found["conversation"]!["events"]! >= events;
        });
        return found!;
    }
}
