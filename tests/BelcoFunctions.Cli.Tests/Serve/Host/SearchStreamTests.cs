using BelcoFunctions.Cli.Exporting;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Testing.Storage;
using BelcoFunctions.Viewer;
using BelcoFunctions.Viewer.Conversations;
using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Tests.Serve.Host;

/// <summary>The page of a search arrives in parts.</summary>
[Collection(SharedAzurite.Name)]
public sealed class SearchStreamTests(AzuriteFixture azurite)
{
    private const string End = "search-end";

    [AzuriteFact]
    public async Task A_conversation_is_sent_before_the_search_ends()
    {
        var held = new Held();
        var page = new StringBuilder();
        await GetAsync(held, async stream =>
        {
            await ReadAsync(stream, page, "recent-conversation");
            Assert.Contains("Searching …", page.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(End, page.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("old-conversation", page.ToString(), StringComparison.Ordinal);
            held.Release();
            await ReadAsync(stream, page, "</html>");
        });
        Assert.Contains("old-conversation", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("2 conversations found.", page.ToString(), StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task An_error_after_the_beginning_is_a_part_of_the_page()
    {
        var page = new StringBuilder();
        await GetAsync(new FailedRequest(Held.IsOld, () => FakeResponse.Error(500, "InternalError")),
            stream => ReadAsync(stream, page, "</html>"));
        Assert.Contains("recent-conversation", page.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "The search stopped: The store is unavailable: 500 InternalError", page.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("conversations found", page.ToString(), StringComparison.Ordinal);
    }

    private async Task GetAsync(Interceptor interceptor, Func<Stream, Task> readAsync)
    {
        var shop = $"search-{Guid.NewGuid():N}";
        var storage = PipelineStorage.FromConnectionString(azurite.ConnectionString, Interceptor.Through(interceptor));
        await storage.CreateIfNotExistsAsync(CancellationToken.None);
        var builder = LoopbackWebApp.CreateBuilder(0, LogLevel.None, new CapturedLog());
        builder.Services.AddPipeline(new WebhookSettings(), storage).AddViewer(new ViewerOptions("test", "any"))
            .AddSingleton<IConversationExport, ListExport>();
        await using var app = builder.Build();
        await app.Services.GetRequiredService<Projector>().ProjectAsync(
            [Reply(shop, "old-conversation", 1), Reply(shop, "recent-conversation", 2)], CancellationToken.None);
        app.MapViewer();
        using var http = new HttpClient { BaseAddress = await app.ListenAsync(0, CancellationToken.None) };
        using var answer = await http.GetAsync(
            new Uri($"/search?shop={shop}&q=reactie", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await readAsync(await answer.Content.ReadAsStreamAsync());
    }

    private static async Task ReadAsync(Stream stream, StringBuilder page, string until)
    {
        var buffer = new byte[4_096];
        while (!page.ToString().Contains(until, StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer).AsTask().WaitAsync(TestTimeout.Limit);
            Assert.NotEqual(0, read);
            page.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
    }

    private static QueuedEvent Reply(string shop, string conversation, int second)
    {
        var e = JsonNode.Parse(EventFactory.Reply(conversation, second))!;
        e["payload"]!["shopId"] = shop;
        return e.ToUtf8().ToQueued();
    }

    /// <summary>Holds the timeline of the older conversation.</summary>
    private sealed class Held : Interceptor
    {
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => released.SetResult();

        public static bool IsOld(HttpRequestMessage request) =>
            request.Method == HttpMethod.Get && request.RequestUri!.Query.Contains("timeline_old", StringComparison.Ordinal);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, Func<Task<HttpResponseMessage>> goOn)
        {
            if (IsOld(request)) await released.Task;
            return await goOn();
        }
    }
}
