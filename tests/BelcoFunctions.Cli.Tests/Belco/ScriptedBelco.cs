using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Cli.Tests.Belco;

/// <summary>Stands in for Belco's API, which tests cannot reach. Each request gets the next answer of a list, and the last
/// answer again after that.</summary>
internal sealed class ScriptedBelco(WebApplication app) : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedRequest> requests = new();

    public string Address => app.Urls.First();

    public IReadOnlyList<ReceivedRequest> Requests => [.. requests];

    public static async Task<ScriptedBelco> StartAsync(params RequestDelegate[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var belco = new ScriptedBelco(builder.Build());
        await belco.ListenAsync(answers);
        return belco;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task ListenAsync(RequestDelegate[] answers)
    {
        var next = -1;
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            requests.Enqueue(new ReceivedRequest(
                http.Request.Method, http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
                http.Request.Headers.Authorization, await reader.ReadToEndAsync()));
            await answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](http);
        });
        return app.StartAsync();
    }
}

/// <param name="Path">With its query, as it was sent.</param>
internal sealed record ReceivedRequest(string Method, string Path, string? Authorization, string Body);
