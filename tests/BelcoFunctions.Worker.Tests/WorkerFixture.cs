using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Worker.Tests;

/// <summary>One worker of the app with Azurite, a broker in place of Service Bus, and a substitute for the host.</summary>
public sealed class WorkerFixture : IAsyncLifetime
{
    private readonly AzuriteFixture azurite = new();
    private BrokerSettlement? settlement;
    private FunctionsHost? host;
    private LoadedWorker? worker;

    internal Broker Broker { get; } = new(QueueNames.All);

    internal BrokerSettlement Settlement => settlement!;

    internal LoadedWorker Worker => worker!;

    public async Task InitializeAsync()
    {
        if (SharedAzurite.ReasonToSkip is not null) return;
        await azurite.InitializeAsync();
        await PipelineStorage.FromConnectionString(azurite.ConnectionString).CreateIfNotExistsAsync(CancellationToken.None);
        settlement = new BrokerSettlement(Broker);
        host = await FunctionsHost.StartAsync(settlement);
        worker = await StartWorkerAsync();
        // The first send opens the connection.
        await Worker.AcceptAsync(Webhooks.Closed("warm-up", 0));
        await Worker.ProcessAllAsync(Broker[QueueNames.ConversationClosed]);
    }

    /// <summary>Starts another worker beside the first.</summary>
    internal Task<LoadedWorker> StartWorkerAsync() => LoadedWorker.StartAsync(host!, BuiltApp.Path,
        [("ServiceBus", Broker.ConnectionString), ("Storage", azurite.ConnectionString), .. Webhooks.Settings]);

    public async Task DisposeAsync()
    {
        if (worker is not null) await worker.DisposeAsync();
        if (host is not null) await host.DisposeAsync();
        await Broker.DisposeAsync();
        await azurite.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class WorkerCollection : ICollectionFixture<WorkerFixture>
{
    public const string Name = "Worker";
}
