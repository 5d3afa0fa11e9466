using System.Net;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Receiving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>Sets up Kestrel for callers on this machine only, for both <c>serve</c> and <c>view</c>.</summary>
internal static class LoopbackWebApp
{
    private const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";
    private const int MaxRequestLineBytes = 32 * 1024;
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    // A low rate for a sender on this machine: a body of 4 MiB, the default limit, may take a minute.
    private static readonly MinDataRate MinBodyDataRate = new(bytesPerSecond: 64 * 1024, gracePeriod: TimeSpan.FromSeconds(5));

    /// <param name="port">The port; 0 chooses a free one.</param>
    /// <param name="level">The least severe level to log.</param>
    /// <param name="log">Where the log goes; null for standard error.</param>
    public static WebApplicationBuilder CreateBuilder(int port, LogLevel level, ILoggerProvider? log)
    {
        // Use the program's own folder, so that an appsettings.json in the user's current folder has no effect.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddLog(builder.Logging, level, log);
        var room = new ConnectionRoom();
        builder.Services.AddSingleton<IStartupFilter>(room);
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, port, room));
        // Against DNS rebinding: a web page can make its own name resolve to this machine, but cannot change the Host header.
        builder.Services.AddHostFiltering(filter =>
        {
            filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"];
            filter.AllowEmptyHosts = false;
        });
        return builder;
    }

    /// <summary>Starts the app, and returns its address.</summary>
    /// <exception cref="CommandException">The port cannot be used.</exception>
    public static async Task<Uri> ListenAsync(this WebApplication app, int port, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
            return new Uri(app.Urls.First());
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new CommandException(
                $"Port {port} is in use. Stop the program that uses it, or choose another port with --port.");
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            throw new CommandException(
                $"belco cannot listen on port {port}: {exception.Message.TrimEnd('.')}. Choose another port with --port.");
        }
    }

    private static void AddLog(ILoggingBuilder logging, LogLevel level, ILoggerProvider? log)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(level);
        // The host would log ServeHost's error message again, with a stack trace.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        // This category logs the addresses of requests. They have ids of customers, and names that somebody searches for. Unless
        // it is off, it also creates a trace for each request, which nothing here reads.
        logging.AddFilter(RequestLog, LogLevel.None);
        // The receiver logs at Information which header has the signature. Show that line at level Warning too.
        if (level == LogLevel.Warning) logging.AddFilter(typeof(WebhookReceiver).FullName, LogLevel.Information);
        if (log is not null)
        {
            logging.AddProvider(log);
            return;
        }

        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void Configure(KestrelServerOptions kestrel, int port, ConnectionRoom room)
    {
        kestrel.AddServerHeader = false;
        // The receiver has its own limit, and answers 413.
        kestrel.Limits.MaxRequestBodySize = null;
        // The address of an event in the viewer has up to six ids of 128 characters, and each character may take nine bytes.
        kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
        // Slow clients must not use up the connections.
        kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
        kestrel.Limits.KeepAliveTimeout = IdleTimeout;
        kestrel.Limits.MinRequestBodyDataRate = MinBodyDataRate;
        if (port == 0) kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(room.Watch));
        else kestrel.ListenLocalhost(port, listen => listen.Use(room.Watch));
    }
}
