using System.Net;
using BelcoFunctions.Simulation.Tests.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Simulation.Tests.Importing;

/// <summary>The simulated store for another process, on a free port of this machine. Azurite reads the whole table for each
/// timeline, so it takes hours for a large shop; this store reads only the rows that it returns.</summary>
internal sealed class StoreServer : IAsyncDisposable
{
    private const string Tables = "/tables";

    private readonly WebApplication app;
    private readonly SimulatedStore store = new(StorePages.AsDocumented);
    private readonly Lock padlock = new();

    private StoreServer(WebApplication app) => this.app = app;

    public string ConnectionString => $"DefaultEndpointsProtocol=http;AccountName=simulated;AccountKey={new string('A', 88)};"
        + $"TableEndpoint={app.Urls.Single()}{Tables};BlobEndpoint={app.Urls.Single()}/blobs";

    /// <summary>The rows and blobs as they are now.</summary>
    public StoreState State
    {
        get { lock (padlock) return store.State; }
    }

    public static async Task<StoreServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new StoreServer(builder.Build());
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        // The path as it was sent, because ids are escaped in it.
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var answer = Answer(new StoreRequest(http.Request.Method, target[0], target.ElementAtOrDefault(1) ?? "",
            name => http.Request.Headers[name].FirstOrDefault(), body.ToArray()));
        http.Response.StatusCode = answer.Status;
        foreach (var header in answer.Headers) http.Response.Headers[header.Name] = header.Value;
        if (answer.ContentStream is { } content) await content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private SimulatedResponse Answer(StoreRequest request)
    {
        lock (padlock)
        {
            if (request.Path == $"{Tables}/Tables")
            {
                return SimulatedStore.TableError(new StoreRefusal(409, "TableAlreadyExists"));
            }

            if (request.Parameter("restype") == "container" && request.Method == "PUT")
            {
                return new SimulatedResponse(409).With("x-ms-error-code", "ContainerAlreadyExists");
            }

            return request.Path.StartsWith(Tables, StringComparison.Ordinal)
                ? store.AnswerTable(request) : store.AnswerBlob(request, DateTimeOffset.UtcNow);
        }
    }
}
