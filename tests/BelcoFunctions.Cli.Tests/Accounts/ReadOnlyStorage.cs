using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Cli.Tests.Accounts;

/// <summary>The tables and blobs of an Azurite for a user with read-only rights: every other request is answered 403.
/// </summary>
internal sealed class ReadOnlyStorage : IAsyncDisposable
{
    // Azurite closes a connection that was idle for five seconds.
    private readonly HttpClient azurite = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
    });

    private readonly ConcurrentQueue<string> refused = [];
    private readonly Dictionary<int, Uri> targets = [];
    private readonly WebApplication app;
    private int reads;

    private ReadOnlyStorage()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public string ConnectionString { get; private set; } = "";

    /// <summary>The refused requests that would have written.</summary>
    public IReadOnlyCollection<string> Refused => refused;

    public int Reads => reads;

    public static async Task<ReadOnlyStorage> StartAsync(string connectionString)
    {
        var storage = new ReadOnlyStorage();
        await storage.app.StartAsync();
        storage.ConnectionString = connectionString;
        foreach (var (service, url) in ((string[])["Table", "Blob"]).Zip(storage.app.Urls))
        {
            var endpoint = new Regex($"(?<={service}Endpoint=)http://[^/;]+");
            storage.targets[new Uri(url).Port] = new Uri(endpoint.Match(connectionString).Value);
            storage.ConnectionString = endpoint.Replace(storage.ConnectionString, url);
        }

        return storage;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        azurite.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var address = http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent();
        if (http.Request.Method is not ("GET" or "HEAD"))
        {
            refused.Enqueue($"{http.Request.Method} {address}");
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            http.Response.Headers["x-ms-error-code"] = "AuthorizationPermissionMismatch";
            return;
        }

        Interlocked.Increment(ref reads);
        using var request = new HttpRequestMessage(
            new HttpMethod(http.Request.Method), new Uri(targets[http.Connection.LocalPort], address));
        foreach (var header in http.Request.Headers.Where(header => header.Key is not "Host"))
        {
            request.Headers.TryAddWithoutValidation(header.Key, (IEnumerable<string>)header.Value!);
        }

        using var response = await azurite.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        http.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (name is not ("Connection" or "Keep-Alive" or "Transfer-Encoding")) http.Response.Headers[name] = values.ToArray();
        }

        await response.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
