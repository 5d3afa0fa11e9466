using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace BelcoFunctions.Simulation.Tests.Scheduling;

/// <summary>The SDK's clients of one writer. They are made once and used in every schedule: making them costs more than a
/// schedule.</summary>
internal sealed class WriterClients
{
    public WriterClients() => Storage = new PipelineStorage(
        new TableServiceClient(new Uri("https://simulated.table.core.windows.net?sig=none"),
            Options(new TableClientOptions(), isTable: true)),
        new BlobServiceClient(new Uri("https://simulated.blob.core.windows.net"),
            Options(new BlobClientOptions(), isTable: false)),
        InlineConcurrency.Instance);

    public PipelineStorage Storage { get; }

    /// <summary>The current sender of requests.</summary>
    public Writer Writer { get; set; } = null!;

    private T Options<T>(T options, bool isTable) where T : ClientOptions
    {
        options.Transport = new SimulatedTransport(this, isTable);
        options.RetryPolicy = new SimulatedRetry(this);
        options.Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.Diagnostics.IsTelemetryEnabled = false;
        return options;
    }
}
