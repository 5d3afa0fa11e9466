using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Worker.Tests.Host;

/// <summary>What a worker sees of the Functions host: an endpoint for its stream, and the service that settles messages.</summary>
internal sealed class FunctionsHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, WorkerStream> workers = [];

    private FunctionsHost(WebApplication app) => this.app = app;

    /// <summary>The argument of a worker.</summary>
    public Uri Endpoint => new(app.Urls.Single());

    /// <param name="settlement">Settles messages; null when no worker does.</param>
    public static async Task<FunctionsHost> StartAsync(BrokerSettlement? settlement = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = grpc.MaxSendMessageSize = int.MaxValue);
        if (settlement is not null) builder.Services.AddSingleton(settlement);
        FunctionsHost? host = null;
        builder.Services.AddSingleton(_ => new EventStreamService(id => host!.workers[id]));
        var app = builder.Build();
        app.MapGrpcService<EventStreamService>();
        if (settlement is not null) app.MapGrpcService<BrokerSettlement>();
        host = new FunctionsHost(app);
        await app.StartAsync();
        return host;
    }

    /// <summary>Expects a worker with a new id.</summary>
    public WorkerStream Expect()
    {
        var stream = new WorkerStream();
        workers[stream.WorkerId] = stream;
        return stream;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class EventStreamService(Func<string, WorkerStream> worker) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream,
            ServerCallContext context)
        {
            Assert.True(await requestStream.MoveNext(context.CancellationToken));
            await worker(requestStream.Current.StartStream.WorkerId)
                .RunAsync(requestStream, responseStream, context.CancellationToken);
        }
    }
}
