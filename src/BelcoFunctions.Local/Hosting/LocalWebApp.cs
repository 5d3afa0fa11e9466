using System.Diagnostics.Metrics;
using System.Net;
using BelcoFunctions.Local.Erasing;
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

/// <summary>The library behind Kestrel, for callers on this machine only.</summary>
internal static class LocalWebApp
{
    private const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";
    private const int MaxConnections = 500;
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    // Low for a sender on this machine: a body of 4 MiB, the default limit, may take a minute.
    private static readonly MinDataRate MinBodyDataRate = new(bytesPerSecond: 64 * 1024, gracePeriod: TimeSpan.FromSeconds(5));

    public static WebApplication Build(LocalHostOptions options, PipelineStorage storage, SqliteQueue queue)
    {
        // The program's own folder: an appsettings.json in the user's current folder must not change anything.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddLog(builder.Logging, options);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options.Port));
        AddServices(builder.Services, options, storage, queue);

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseBrokenRequests();
        app.MapPipeline();
        // Created now, so that it counts from the start.
        app.Services.GetRequiredService<CounterTotals>();
        QueueGauges.Create(app.Services.GetRequiredService<IMeterFactory>(), queue);
        return app;
    }

    private static void AddLog(ILoggingBuilder logging, LocalHostOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(options.LogLevel);
        // It would repeat LocalHost's error message with a stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // It logs requests at Information. While it may log at all, it makes a trace for each request, which nothing here reads.
        if (options.LogLevel > LogLevel.Information) logging.AddFilter(RequestLog, LogLevel.None);
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
        // The receiver has its own limit, and answers 413.
        kestrel.Limits.MaxRequestBodySize = null;
        // Silent and slow clients must not use up the connections.
        kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        kestrel.Limits.KeepAliveTimeout = IdleTimeout;
        kestrel.Limits.MinRequestBodyDataRate = MinBodyDataRate;
        if (port == 0) kestrel.Listen(IPAddress.Loopback, 0);
        else kestrel.ListenLocalhost(port);
    }

    private static void AddServices(
        IServiceCollection services, LocalHostOptions options, PipelineStorage storage, SqliteQueue queue)
    {
        // Against DNS rebinding: a web page can make its own name resolve to this machine, but cannot change the Host header.
        services.AddHostFiltering(filter =>
        {
            filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"];
            filter.AllowEmptyHosts = false;
        });
        services.AddPipeline(options.Webhook, storage, options.Retention);
        services.AddSingleton<IPayloadStore>(new LocalPayloadStore(new BlobPayloadStore(storage.Payloads), queue));
        services.AddSingleton(queue);
        services.AddSingleton<ILocalQueue>(queue);
        services.AddSingleton<IEventQueue>(queue);
        services.AddSingleton<IConversationMemory, ConversationMemory>();
        services.AddSingleton<CounterTotals>();
        services.AddHostedService<QueuePumps>();
        if (options.Retention.ClosedConversationDays is null) return;
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<RetentionService>(
            provider, new BlobPayloadStore(storage.Payloads), options.DataFolder));
    }
}
