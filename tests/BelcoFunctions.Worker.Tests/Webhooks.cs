using System.Security.Cryptography;
using BelcoFunctions.Generator.Webhooks;
using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Worker.Tests;

/// <summary>Webhooks from Belco, and their results.</summary>
internal static class Webhooks
{
    private const string Secret = "0123456789abcdef";
    private const string SignatureHeader = "X-Belco-Signature";

    private static readonly DateTimeOffset Begin = new(2025, 6, 11, 9, 0, 0, TimeSpan.Zero);

    /// <summary>The settings of an app that accepts these webhooks.</summary>
    public static readonly (string Name, string Value)[] Settings =
        [("Webhook__Secret", Secret), ("Webhook__SignatureHeader", SignatureHeader)];

    /// <summary>An event of the only conversation of a shop.</summary>
    public static byte[] Closed(string shopId, int number) => Create("conversation.closed", shopId, number);

    public static byte[] Create(string eventName, string shopId, int number)
    {
        var at = Begin.AddSeconds(number);
        var ids = new WebhookIds(
            $"{shopId}-request-{number}", shopId, PayloadFiles.ConversationId, $"{shopId}-item-{number}");
        return WebhookBody.Read(PayloadFiles.Read(eventName)).As(ids, at, at.AddSeconds(1)).ToUtf8();
    }

    public static HttpMessage Unsigned(byte[] body) => HttpMessage.Post("/api/webhooks/belco", body);

    public static HttpMessage Signed(byte[] body)
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body));
        var request = Unsigned(body);
        return request with { Headers = [.. request.Headers, (SignatureHeader, signature)] };
    }

    public static Task<HttpAnswer> PostAsync(this LoadedWorker worker, HttpMessage request, Task? hangUp = null) =>
        worker.SendAsync("ReceiveWebhook", request, hangUp);

    /// <summary>Posts until the answer is 200, as Belco does: on a busy machine the broker may take more than five
    /// seconds.</summary>
    public static async Task<HttpAnswer> AcceptAsync(this LoadedWorker worker, byte[] body)
    {
        HttpAnswer? answer = null;
        await TestTimeout.UntilAsync(async _ => (answer = await worker.PostAsync(Signed(body))).Status != 503);
        Assert.Equal(200, answer!.Status);
        return answer;
    }

    /// <summary>Processes batches until the queue has nothing that is not locked.</summary>
    public static async Task ProcessAllAsync(this LoadedWorker worker, BrokerQueue queue)
    {
        while (await worker.ProcessBatchAsync(queue) > 0) { }
    }

    /// <summary>The only conversation of a shop.</summary>
    public static async Task<JsonNode> GetConversationAsync(this LoadedWorker worker, string shopId)
    {
        var path = $"/api/shops/{shopId}/conversations/{PayloadFiles.ConversationId}";
        var answer = await worker.SendAsync("GetConversation", HttpMessage.Get(path) with
        {
            Route = [("shopId", shopId), ("conversationId", PayloadFiles.ConversationId)],
        });
        Assert.Equal(200, answer.Status);
        return JsonNode.Parse(answer.Body)!["conversation"]!;
    }
}
