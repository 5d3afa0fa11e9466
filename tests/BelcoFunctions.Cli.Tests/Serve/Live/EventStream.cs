using System.Net.ServerSentEvents;

namespace BelcoFunctions.Cli.Tests.Serve.Live;

/// <summary>A reader of <c>/live/stream</c> without a browser.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private readonly CancellationTokenSource timeout = TestTimeout.Start();
    private readonly HttpResponseMessage response;
    private readonly IAsyncEnumerator<SseItem<string>> items;
    private readonly SseParser<string> parser;

    private EventStream(HttpResponseMessage response, Stream stream)
    {
        this.response = response;
        parser = SseParser.Create(stream);
        items = parser.EnumerateAsync(timeout.Token).GetAsyncEnumerator();
    }

    /// <summary>The id of the last message. A browser sends it when it reconnects.</summary>
    public string LastEventId => parser.LastEventId;

    public static async Task<EventStream> OpenAsync(HttpClient http, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("live/stream", UriKind.Relative));
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next message with webhooks.</summary>
    public async Task<JsonObject> ReadWebhooksAsync()
    {
        while (await items.MoveNextAsync())
        {
            if (items.Current.EventType == "webhooks") return JsonNode.Parse(items.Current.Data)!.AsObject();
        }

        throw new InvalidOperationException("The stream ended.");
    }

    /// <summary>Returns at the end of the stream, and throws if the stream is incomplete.</summary>
    public async Task ReadToEndAsync()
    {
        while (await items.MoveNextAsync()) { }
    }

    public async ValueTask DisposeAsync()
    {
        await items.DisposeAsync();
        response.Dispose();
        timeout.Dispose();
    }
}
