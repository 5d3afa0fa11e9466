using BelcoFunctions.Cli.Accounts;
using BelcoFunctions.Cli.Azurite;
using BelcoFunctions.Cli.Output;
using BelcoFunctions.Cli.Serve.Queue;
using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace BelcoFunctions.Cli.Serve.Host;

/// <summary>
/// The whole pipeline in one process: Kestrel in place of the Functions host, a SQLite file in place of Service Bus, and Azurite
/// in place of the storage account, unless one is given.
/// </summary>
internal sealed class ServeHost : IAsyncDisposable
{
    /// <summary>The time that running requests and batches get to finish when the host stops.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    // Closed in the reverse order of opening.
    private readonly Stack<object> resources = new();
    private WebApplication? app;
    private AzuriteProcess? azurite;

    private ServeHost() { }

    /// <summary>Where it listens, like <c>http://localhost:7071</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts everything, and returns once webhooks are accepted.</summary>
    /// <param name="options">Port, data folder, storage account and settings.</param>
    /// <param name="progress">Gets a line before each step that takes long.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="CommandException">
    /// The port, the data folder, Azurite or the storage account cannot be used.
    /// </exception>
    public static async Task<ServeHost> StartAsync(
        ServeHostOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        var host = new ServeHost();
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
    /// <exception cref="CommandException">Azurite stopped unexpectedly.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var cancelled = Task.Delay(Timeout.Infinite, cancellationToken);
        if (await Task.WhenAny(cancelled, azurite?.Exited ?? cancelled) != cancelled)
        {
            throw new CommandException(
                "Azurite stopped unexpectedly, so belco stopped too. Start belco again; accepted webhooks are kept.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Stop first: disposing alone would dispose the services that running requests and batches still use.
        if (app is not null && Address is not null) await app.StopAsync(StopTimeout);
        while (resources.TryPop(out var resource))
        {
            if (resource is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else ((IDisposable)resource).Dispose();
        }
    }

    private async Task OpenAsync(ServeHostOptions options, Action<string> progress, CancellationToken cancellationToken)
    {
        var folder = Opened(DataFolder.Open(options.DataFolder));
        Opened(new LastCleaning(folder.Path, () => IsSaved(options), progress));
        var connectionString = options.Storage ?? await StartAzuriteAsync(folder, progress, cancellationToken);
        var storage = await StorageAccount.OpenAsync(connectionString, cancellationToken);
        var queue = Opened(SqliteQueue.Open(folder.Path, TimeProvider.System));
        app = Opened(ServeWebApp.Build(options, storage, queue, Viewer(options, folder)));
        Address = await app.ListenAsync(options.Port, cancellationToken);
        Opened(new ServeFile(Address, azurite?.ConnectionString).Publish(folder.Path));
    }

    private async Task<string> StartAzuriteAsync(DataFolder folder, Action<string> progress, CancellationToken cancellationToken)
    {
        var installation = await AzuriteInstallation.EnsureAsync(progress, cancellationToken);
        progress("Starting Azurite …");
        azurite = Opened(await AzuriteProcess.StartAsync(installation, folder.PrepareAzuriteFiles(), cancellationToken));
        return azurite.ConnectionString;
    }

    // An Azurite that somebody else started may still be killed before it saves.
    private bool IsSaved(ServeHostOptions options) => options.Storage is { } account
        ? !StorageAccount.IsEmulator(account) : azurite is { HasSaved: true };

    // The pages show these texts in their footer, so they must not contain a connection string, which has a key.
    private static ViewerOptions Viewer(ServeHostOptions options, DataFolder folder) => new(
        options.Storage is null ? $"Azurite of belco serve, in {folder.Path}" : "storage account of belco serve",
        "Read with the rights of belco serve");

    private T Opened<T>(T resource) where T : notnull
    {
        resources.Push(resource);
        return resource;
    }
}
