using System.Net;
using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Local.Status;
using BelcoFunctions.Local.Storage;
using BelcoFunctions.Pipeline;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace BelcoFunctions.Local.Hosting;

/// <summary>The whole pipeline in one process: Kestrel in place of the Functions host, a local queue in place of Service Bus, and
/// Azurite as the storage that it really writes to.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private const int MaxConnections = 500;
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How long a request or a batch may take to its end once the host stops.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    // Opened last, closed first.
    private readonly Stack<object> resources = new();
    private WebApplication? app;
    private AzuriteProcess? azurite;

    private LocalHost() { }

    /// <summary>Where it listens, like <c>http://localhost:7071</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts everything, and returns once webhooks are taken.</summary>
    /// <exception cref="LocalHostException">Something is missing that the user can mend.</exception>
    public static async Task<LocalHost> StartAsync(LocalHostOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        var host = new LocalHost();
        try
        {
            await host.OpenAsync(options, progress, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when cancelled.</summary>
    /// <exception cref="LocalHostException">Azurite ended by itself.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var cancelled = Task.Delay(Timeout.Infinite, cancellationToken);
        if (await Task.WhenAny(cancelled, azurite?.Exited ?? cancelled) != cancelled)
        {
            throw new LocalHostException("Azurite ended by itself; start belco again.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Disposing alone takes the services away from requests that are being answered and batches that are being written.
        if (app is not null && Address is not null) await app.StopAsync(StopTimeout);
        while (resources.TryPop(out var resource))
        {
            if (resource is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else ((IDisposable)resource).Dispose();
        }
    }

    private async Task OpenAsync(LocalHostOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        var folder = Opened(DataFolder.Open(options.DataFolder));
        var connectionString = options.Storage ?? await StartAzuriteAsync(folder, progress, cancellationToken);
        var storage = await LocalStorage.OpenAsync(connectionString, cancellationToken);
        var queue = Opened(SqliteQueue.Open(folder.Path, TimeProvider.System));
        app = Opened(Build(options, storage, queue));
        await ListenAsync(app, options.Port, cancellationToken);
        Address = new Uri(app.Urls.First());
        Opened(new ServeFile(Address, azurite?.ConnectionString).Publish(folder.Path));
    }

    private async Task<string> StartAzuriteAsync(DataFolder folder, Action<string> progress, CancellationToken cancellationToken)
    {
        var installation = await AzuriteInstallation.EnsureAsync(progress, cancellationToken);
        progress("Starting Azurite …");
        azurite = Opened(await AzuriteProcess.StartAsync(installation, Path.Combine(folder.Path, "azurite"), cancellationToken));
        return azurite.ConnectionString;
    }

    private T Opened<T>(T resource) where T : notnull
    {
        resources.Push(resource);
        return resource;
    }

    private static WebApplication Build(LocalHostOptions options, PipelineStorage storage, SqliteQueue queue)
    {
        // The program's own folder, not the user's: no appsettings.json lying about there is to change a thing.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(options.LogLevel);
        // It repeats with a stack trace what ListenAsync says in a sentence.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        AddLog(builder.Logging, options.Log);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The receiver has its own limit, and a reply for it.
            kestrel.Limits.MaxRequestBodySize = null;
            // Whoever opens connections and says nothing, or little, loses them.
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            kestrel.Limits.KeepAliveTimeout = IdleTimeout;
            if (options.Port == 0) kestrel.Listen(IPAddress.Loopback, 0);
            else kestrel.ListenLocalhost(options.Port);
        });
        // A page in a browser can make a name of its own resolve to this machine, but not send another Host header.
        builder.Services.AddHostFiltering(filter =>
        {
            filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"];
            filter.AllowEmptyHosts = false;
        });
        builder.Services.AddPipeline(options.Webhook, storage);
        builder.Services.AddSingleton(queue);
        builder.Services.AddSingleton<ILocalQueue>(queue);
        builder.Services.AddSingleton<IEventQueue>(queue);
        builder.Services.AddSingleton<CounterTotals>();
        builder.Services.AddHostedService<QueuePumps>();

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseBrokenRequests();
        app.MapPipeline();
        // It counts from the moment it is made.
        app.Services.GetRequiredService<CounterTotals>();
        app.Services.GetRequiredService<PipelineMetrics>().ObserveQueues(() => queue.ReadStatistics().Select(statistics => statistics.ToLevel(DateTimeOffset.UtcNow)));
        return app;
    }

    private static void AddLog(ILoggingBuilder logging, ILoggerProvider? log)
    {
        if (log is not null)
        {
            logging.AddProvider(log);
            return;
        }

        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static async Task ListenAsync(WebApplication app, int port, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new LocalHostException($"Port {port} is in use; stop what listens there, or choose another with --port.");
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            throw new LocalHostException($"Port {port} cannot be listened on: {exception.Message} Choose another with --port.");
        }
    }
}
