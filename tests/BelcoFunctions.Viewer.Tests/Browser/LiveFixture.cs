using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Viewer.Tests.Browser;

/// <summary>A serve for the tests that post webhooks while they look.</summary>
public sealed class LiveFixture : BrowserFixture
{
    public const string ShopId = "live";

    private HttpClient? http;
    private int number;

    internal override Task FillAsync(HttpClient http, PipelineStorage storage)
    {
        this.http = new HttpClient { BaseAddress = http.BaseAddress };
        return Task.CompletedTask;
    }

    /// <summary>Posts an event of a conversation of its own, and returns that conversation's id.</summary>
    public async Task<string> PostAsync()
    {
        var e = PayloadFiles.Parse("conversation.created");
        var id = $"{Interlocked.Increment(ref number)}-live";
        e["requestId"] = $"request-{id}";
        e["payload"]!["shopId"] = ShopId;
        e["payload"]!["conversation"]!["_id"] = id;
        await SampleShops.PostAsync(http!, e.ToUtf8());
        return id;
    }

    /// <summary>Posts a webhook that is refused.</summary>
    public async Task RefuseAsync(string body = "no JSON")
    {
        using var response = await http!.PostWebhookAsync(Encoding.UTF8.GetBytes(body));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    /// <summary>Posts an event whose name nobody knows.</summary>
    public Task PostAsync(string eventName) => SampleShops.PostAsync(
        http!, new JsonObject { ["requestId"] = eventName, ["eventName"] = eventName }.ToUtf8());
}
