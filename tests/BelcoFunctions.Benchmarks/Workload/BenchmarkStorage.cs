using Azure.Core;
using Azure.Storage.Blobs;
using BelcoFunctions.Cli.Azurite;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Benchmarks.Workload;

/// <summary>An Azurite for one benchmark. Its requests are counted.</summary>
internal sealed class BenchmarkStorage : IAsyncDisposable
{
    private static readonly ProjectingMetrics Metrics = new ServiceCollection()
        .AddMetrics().AddSingleton<ProjectingMetrics>().BuildServiceProvider().GetRequiredService<ProjectingMetrics>();

    private readonly TemporaryFolder data = new();
    private AzuriteProcess? azurite;

    private BenchmarkStorage() { }

    public string ConnectionString => azurite!.ConnectionString;

    public RequestCounter Requests { get; } = new();

    public static async Task<BenchmarkStorage> StartAsync(Session session, CancellationToken cancellationToken)
    {
        var storage = new BenchmarkStorage();
        try
        {
            session.Show("starting Azurite");
            var installation = await AzuriteInstallation.EnsureAsync(session.Show, cancellationToken);
            storage.azurite = await AzuriteProcess.StartAsync(installation, storage.data.Path, cancellationToken);
            return storage;
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs an action on an empty table, and deletes the table afterwards.</summary>
    public async Task<T> WithTableAsync<T>(Func<TableClient, Task<T>> use, CancellationToken cancellationToken)
    {
        var options = new TableClientOptions();
        options.AddPolicy(Requests, HttpPipelinePosition.PerRetry);
        var table = new TableClient(ConnectionString, $"Conversations{Guid.NewGuid():N}", options);
        await table.CreateAsync(cancellationToken);
        try
        {
            Requests.Take();
            return await use(table);
        }
        finally
        {
            await table.DeleteAsync(CancellationToken.None);
        }
    }

    /// <summary>The projector over a table. Its payload store and its unprojected events are never used here.</summary>
    /// <param name="table">The table.</param>
    /// <param name="memory">The memory that <c>belco serve</c> has; null as in the Functions app.</param>
    public Projector Projector(TableClient table, IConversationMemory? memory = null)
    {
        var payloads = new BlobContainerClient(ConnectionString, "payloads");
        var storage = new PipelineStorage(table, new TableClient(ConnectionString, "UnprojectedEvents"), payloads);
        return new Projector(
            storage, new PayloadReader(new BlobPayloadStore(payloads)), Metrics, TimeProvider.System, memory);
    }

    public async ValueTask DisposeAsync()
    {
        if (azurite is not null) await azurite.DisposeAsync();
        data.Dispose();
    }
}
