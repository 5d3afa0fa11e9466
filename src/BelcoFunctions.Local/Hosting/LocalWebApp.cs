using System.Diagnostics.Metrics;
using System.Net;
using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Local.Status;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace BelcoFunctions.Local.Hosting;

/// <summary>The library behind Kestrel, for callers on this machine.</summary>
internal static class LocalWebApp
{
    private const int MaxConnections = 500;
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    // Senders are on this machine. At this rate the largest body has a minute.
    private static readonly MinDataRate MinBodyDataRate = new(bytesPerSecond: 64 * 1024, gracePeriod: TimeSpan.FromSeconds(5));

    public static WebApplication Build(LocalHostOptions options, PipelineStorage storage, SqliteQueue queue)
    {
        // The program's own folder, not the user's: no appsettings.json lying about there is to change a thing.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddLog(builder.Logging, options);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options.Port));
        AddServices(builder.Services, options, storage, queue);

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseBrokenRequests();
        app.UseNotFoundForWrongMethods();
        app.MapPipeline();
        // It counts from the moment it is made.
        app.Services.GetRequiredService<CounterTotals>();
        QueueGauges.Create(app.Services.GetRequiredService<IMeterFactory>(), queue);
        return app;
    }

    private static void AddLog(ILoggingBuilder logging, LocalHostOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.LogLevel);
        // It repeats with a stack trace what LocalHost says in a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (options.Log is not null)
        {
            logging.AddProvider(options.Log);
            return;
        }

        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void Configure(KestrelServerOptions kestrel, int port)
    {
        kestrel.AddServerHeader = false;
        // The receiver has its own limit, and a reply for it.
        kestrel.Limits.MaxRequestBodySize = null;
        // Whoever opens connections and says nothing, or little, loses them.
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        kestrel.Limits.KeepAliveTimeout = IdleTimeout;
        kestrel.Limits.MinRequestBodyDataRate = MinBodyDataRate;
        if (port == 0) kestrel.Listen(IPAddress.Loopback, 0);
        else kestrel.ListenLocalhost(port);
    }

    private static void AddServices(IServiceCollection services, LocalHostOptions options, PipelineStorage storage, SqliteQueue queue)
    {
        // A page in a browser can make a name of its own resolve to this machine, but not send another Host header.
        services.AddHostFiltering(filter =>
        {
            filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"];
            filter.AllowEmptyHosts = false;
        });
        services.AddPipeline(options.Webhook, storage);
        services.AddSingleton<IPayloadStore>(new LocalPayloadStore(new BlobPayloadStore(storage.Payloads), queue));
        services.AddSingleton(queue);
        services.AddSingleton<ILocalQueue>(queue);
        services.AddSingleton<IEventQueue>(queue);
        services.AddSingleton<CounterTotals>();
        services.AddHostedService<QueuePumps>();
    }
}
