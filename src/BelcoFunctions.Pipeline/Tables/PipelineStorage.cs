using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The tables and the blob container of a storage account.</summary>
public sealed class PipelineStorage
{
    public PipelineStorage(TableServiceClient tables, BlobServiceClient blobs)
        : this(tables.GetTableClient(ConversationTable.Name), tables.GetTableClient(UnprojectedRow.TableName),
            blobs.GetBlobContainerClient(BlobPayloadStore.ContainerName))
    {
    }

    internal PipelineStorage(TableClient conversations, TableClient unprojectedEvents, BlobContainerClient payloads) =>
        (Conversations, UnprojectedEvents, Payloads) = (conversations, unprojectedEvents, payloads);

    public TableClient Conversations { get; }

    public TableClient UnprojectedEvents { get; }

    public BlobContainerClient Payloads { get; }

    public static PipelineStorage FromConnectionString(string connectionString) => new(
        new TableServiceClient(connectionString, TableOptions()),
        new BlobServiceClient(connectionString, WithTimeouts(new BlobClientOptions())));

    public static PipelineStorage FromUris(Uri tableService, Uri blobService, TokenCredential credential) => new(
        new TableServiceClient(tableService, credential, TableOptions()),
        new BlobServiceClient(blobService, credential, WithTimeouts(new BlobClientOptions())));

    /// <summary>Creates what is missing.</summary>
    public Task CreateIfNotExistsAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Conversations.CreateIfNotExistsAsync(cancellationToken),
        UnprojectedEvents.CreateIfNotExistsAsync(cancellationToken),
        Payloads.CreateIfNotExistsAsync(cancellationToken: cancellationToken));

    /// <summary>Returns if both tables answer. Throws if one does not answer or does not exist.</summary>
    public Task CheckTablesAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(CheckAsync(Conversations, cancellationToken), CheckAsync(UnprojectedEvents, cancellationToken));

    // This query finds nothing and costs one request.
    private static async Task CheckAsync(TableClient table, CancellationToken cancellationToken)
    {
        var rows = table.QueryAsync<TableEntity>("PartitionKey eq 'health'", 1, ["RowKey"], cancellationToken);
        await foreach (var _ in rows) break;
    }

    private static TableClientOptions TableOptions()
    {
        var options = WithTimeouts(new TableClientOptions());
        options.AddPolicy(new TableRequestCounter(), HttpPipelinePosition.PerRetry);
        return options;
    }

    // The queue retries for as long as it takes. A request that hangs for the SDK's default of 100 s would outlive the lock on
    // its message.
    private static T WithTimeouts<T>(T options) where T : ClientOptions
    {
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        return options;
    }
}
