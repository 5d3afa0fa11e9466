using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BelcoFunctions.Simulation.Tests.Judging;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Conformance;

/// <summary>One of two stores that get the same requests through the real SDK. The result of a request is text.</summary>
internal sealed class StoreUnderTest(TableClient table, BlobContainerClient container)
{
    private readonly Dictionary<(string, string), List<ETag>> etags = [];

    public static StoreUnderTest Simulated(string name)
    {
        var store = new SimulatedStore(StorePages.AsDocumented);
        return new StoreUnderTest(
            new TableServiceClient(new Uri("https://simulated.table.core.windows.net?sig=none"),
                Options(new TableClientOptions(), new ImmediateTransport(store, isTable: true))).GetTableClient(name),
            new BlobServiceClient(new Uri("https://simulated.blob.core.windows.net"),
                Options(new BlobClientOptions(), new ImmediateTransport(store, isTable: false)))
                .GetBlobContainerClient("payloads"));
    }

    public static async Task<StoreUnderTest> AzuriteAsync(string connectionString, string name)
    {
        var store = new StoreUnderTest(
            new TableClient(connectionString, name), new BlobContainerClient(connectionString, name.ToLowerInvariant()));
        await Task.WhenAll(store.Table.CreateAsync(), store.Container.CreateAsync());
        return store;
    }

    public TableClient Table => table;

    public BlobContainerClient Container => container;

    /// <summary>The ETag that a row had this number of writes ago, or any ETag if it never had one.</summary>
    public ETag ETagOf(string partition, string row, int writesAgo) => etags.GetValueOrDefault((partition, row)) is { } known
        && known.Count > writesAgo ? known[^(1 + writesAgo)] : ETag.All;

    public async Task<string> TellAsync(Func<StoreUnderTest, Task<string>> request)
    {
        try
        {
            return await request(this);
        }
        catch (TableTransactionFailedException exception)
        {
            return $"{exception.Status} {exception.ErrorCode} at {exception.FailedTransactionActionIndex}";
        }
        catch (RequestFailedException exception)
        {
            return $"{exception.Status} {exception.ErrorCode}";
        }
    }

    /// <summary>The status, and whether the row has an ETag that it never had.</summary>
    public string Wrote(string partition, string row, Response response)
    {
        if (response.Headers.ETag is not { } etag) return response.Status.ToString(CultureInfo.InvariantCulture);
        if (!etags.TryGetValue((partition, row), out var known)) etags[(partition, row)] = known = [];
        var isNew = !known.Contains(etag);
        known.Add(etag);
        return $"{response.Status}, a new ETag: {isNew}";
    }

    /// <summary>The pages that have rows. By the documentation "Query timeout and pagination", the service may send an empty
    /// page that has a next page. The simulation does this, and Azurite does not.</summary>
    public async Task<string> PagesAsync(string? filter, int? top, IEnumerable<string>? select)
    {
        List<string> pages = [];
        await foreach (var page in table.QueryAsync<TableEntity>(filter, top, select).AsPages())
        {
            if (page.Values.Count == 0) continue;
            pages.Add(string.Join('\n', page.Values.Select(row => $"{row.PartitionKey}/{row.RowKey}\n{RowText.Format(row)}")));
        }

        return string.Join("\n---\n", pages);
    }

    private static T Options<T>(T options, HttpPipelineTransport transport) where T : ClientOptions
    {
        options.Transport = transport;
        options.Retry.MaxRetries = 0;
        return options;
    }
}
