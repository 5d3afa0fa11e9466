using BelcoFunctions.Local.Hosting;
using BelcoFunctions.Pipeline.Receiving;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Local.Tests.Hosting;

/// <summary>A local host that must not log an error for as long as it runs.</summary>
internal sealed class WatchedHost : IAsyncDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("belco-tests-");
    private readonly CapturedLog log = new();
    private LocalHost host = null!;

    public Uri Address => host.Address;

    public static async Task<WatchedHost> StartAsync(AzuriteFixture azurite, WebhookSettings settings)
    {
        var watched = new WatchedHost();
        var options = new LocalHostOptions(Port: 0, watched.data.FullName, azurite.ConnectionString, settings) { Log = watched.log };
        watched.host = await LocalHost.StartAsync(options, _ => { }, CancellationToken.None);
        return watched;
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        data.Delete(recursive: true);
        Assert.Empty(log.Errors);
    }
}
