using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.WorkerHost;

/// <summary>The part of the Functions host that a worker sees: an endpoint for its stream, and the service that settles
/// messages.</summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, WorkerStream> workers;

    private FunctionsHost(WebApplication app, ConcurrentDictionary<string, WorkerStream> workers) =>
        (this.app, this.workers) = (app, workers);

    /// <summary>The argument of a worker.</summary>
    public Uri Endpoint => new(app.Urls.Single());

    /// <param name="settlement">Settles messages; null when no worker does.</param>
    public static async Task<FunctionsHost> StartAsync(BrokerSettlement? settlement = null)
    {
        var workers = new ConcurrentDictionary<string, WorkerStream>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = grpc.MaxSendMessageSize = int.MaxValue);
        builder.Services.AddSingleton(workers);
        if (settlement is not null) builder.Services.AddSingleton(settlement);

        var app = builder.Build();
        app.MapGrpcService<EventStreamService>();
        if (settlement is not null) app.MapGrpcService<BrokerSettlement>();
        await app.StartAsync();
        return new FunctionsHost(app, workers);
    }

    /// <summary>Expects a worker with a new id.</summary>
    public WorkerStream Expect()
    {
        var stream = new WorkerStream();
        workers[stream.WorkerId] = stream;
        return stream;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
