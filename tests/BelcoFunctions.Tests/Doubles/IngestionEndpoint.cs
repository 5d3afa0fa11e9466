using System.Collections.Concurrent;
using System.IO.Compression;

namespace BelcoFunctions.Tests.Doubles;

/// <summary>Receives telemetry in place of Application Insights.</summary>
internal sealed class IngestionEndpoint : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<JsonNode> items = new();
    private readonly Task listening;

    public IngestionEndpoint()
    {
        // HttpListener cannot choose a free port, and another program may have taken this one.
        for (var tries = 0; !listener.IsListening; tries++)
        {
            Address = $"http://127.0.0.1:{Random.Shared.Next(20_000, 60_000)}/";
            listener.Prefixes.Clear();
            listener.Prefixes.Add(Address);
            try { listener.Start(); } catch (HttpListenerException) when (tries < 20) { }
        }

        listening = ListenAsync();
    }

    public string Address { get; private set; } = "";

    /// <summary>Telemetry in the form that Application Insights receives.</summary>
    public IReadOnlyCollection<JsonNode> Items => items;

    public void Dispose()
    {
        listener.Close();
        listening.Wait();
    }

    private async Task ListenAsync()
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try { context = await listener.GetContextAsync(); }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException) { return; }

            if (context.Request.Url!.AbsolutePath.EndsWith("/track", StringComparison.Ordinal)) Keep(context.Request);
            var body = """{"itemsReceived":1,"itemsAccepted":1,"errors":[]}"""u8;
            context.Response.ContentType = "application/json";
            context.Response.Close(body.ToArray(), willBlock: false);
        }
    }

    private void Keep(HttpListenerRequest request)
    {
        var isCompressed = request.Headers["Content-Encoding"] == "gzip";
        using var reader = new StreamReader(
            isCompressed ? new GZipStream(request.InputStream, CompressionMode.Decompress) : request.InputStream);
        while (reader.ReadLine() is { Length: > 0 } line) items.Enqueue(JsonNode.Parse(line)!);
    }
}
