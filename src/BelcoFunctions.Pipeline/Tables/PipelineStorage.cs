using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The tables and the blob container of a storage account. Code that needs only conversations takes a
/// <see cref="ConversationTable"/> instead.</summary>
public sealed class PipelineStorage
{
    internal const string UnprojectedEventsName = "UnprojectedEvents";

    /// <param name="tables">The account's tables.</param>
    /// <param name="blobs">The account's blobs.</param>
    /// <param name="concurrency">How requests run in parallel; null for the thread pool.</param>
    public PipelineStorage(TableServiceClient tables, BlobServiceClient blobs, Concurrency? concurrency = null)
        : this(tables.GetTableClient(ConversationTable.Name), tables.GetTableClient(UnprojectedEventsName),
            blobs.GetBlobContainerClient(BlobPayloadStore.ContainerName), concurrency)
    {
    }

    internal PipelineStorage(TableClient conversations, TableClient unprojectedEvents, BlobContainerClient payloads,
        Concurrency? concurrency = null)
    {
        Conversations = new ConversationTable(conversations, concurrency ?? Concurrency.OnThreads);
        (UnprojectedEvents, Payloads) = (unprojectedEvents, payloads);
    }

    public ConversationTable Conversations { get; }

    public TableClient UnprojectedEvents { get; }

    public BlobContainerClient Payloads { get; }

    public static PipelineStorage FromConnectionString(string connectionString) => FromConnectionString(connectionString, null);

    /// <param name="connectionString">The account and its key.</param>
    /// <param name="transport">Sends the requests; null for the SDK's own.</param>
    public static PipelineStorage FromConnectionString(string connectionString, HttpPipelineTransport? transport) => new(
        new TableServiceClient(connectionString, TableOptions(transport)),
        new BlobServiceClient(connectionString, BlobOptions(transport)));

    /// <param name="tableService">The address of the tables.</param>
    /// <param name="blobService">The address of the blobs.</param>
    /// <param name="credential">Signs in.</param>
    /// <param name="transport">Sends the requests; null for the SDK's own.</param>
    public static PipelineStorage FromUris(
        Uri tableService, Uri blobService, TokenCredential credential, HttpPipelineTransport? transport = null) => new(
        new TableServiceClient(tableService, credential, TableOptions(transport)),
        new BlobServiceClient(blobService, credential, BlobOptions(transport)));

    /// <summary>Creates what is missing.</summary>
    public Task CreateIfNotExistsAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Conversations.Client.CreateIfNotExistsAsync(cancellationToken),
        UnprojectedEvents.CreateIfNotExistsAsync(cancellationToken),
        Payloads.CreateIfNotExistsAsync(cancellationToken: cancellationToken));

    /// <summary>Returns if both tables answer. Throws if one does not answer or does not exist.</summary>
    public Task CheckTablesAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(CheckAsync(Conversations.Client, cancellationToken), CheckAsync(UnprojectedEvents, cancellationToken));

    // This query finds nothing and costs one request.
    private static async Task CheckAsync(TableClient table, CancellationToken cancellationToken)
    {
        var rows = table.QueryAsync<TableEntity>("PartitionKey eq 'health'", 1, [Column.RowKey], cancellationToken);
        await foreach (var _ in rows) break;
    }

    private static TableClientOptions TableOptions(HttpPipelineTransport? transport)
    {
        var options = Common(new TableClientOptions(), transport);
        options.AddPolicy(new TableRequestCounter(), HttpPipelinePosition.PerRetry);
        return options;
    }

    private static BlobClientOptions BlobOptions(HttpPipelineTransport? transport) => Common(new BlobClientOptions(), transport);

    // The queue retries until the store answers. A request that hangs for the SDK's default of 100 s would outlive the lock on
    // its message.
    private static T Common<T>(T options, HttpPipelineTransport? transport) where T : ClientOptions
    {
        if (transport is not null) options.Transport = transport;
        options.AddPolicy(new StoreWait.Policy(), HttpPipelinePosition.PerCall);
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
        return options;
    }
}
