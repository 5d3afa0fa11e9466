using BelcoFunctions.Local.Queueing;
using BelcoFunctions.Local.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;

namespace BelcoFunctions.Local.Hosting;

/// <summary>The whole pipeline in one process: Kestrel in place of the Functions host, a local queue in place of Service Bus, and
/// Azurite as the storage that it really writes to.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
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
        app = Opened(LocalWebApp.Build(options, storage, queue));
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
