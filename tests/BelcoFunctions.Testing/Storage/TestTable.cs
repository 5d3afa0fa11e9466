using System.Globalization;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Maintenance;
using BelcoFunctions.Pipeline.Projecting;

namespace BelcoFunctions.Testing.Storage;

/// <summary>A table in Azurite for one test.</summary>
internal sealed class TestTable
{
    private readonly string connectionString;
    private readonly string name = $"Conversations{Guid.NewGuid():N}";

    private TestTable(string connectionString) => this.connectionString = connectionString;

    /// <summary>The container of this test table.</summary>
    public BlobPayloadStore Payloads => PayloadsThrough();

    public static async Task<TestTable> CreateAsync(AzuriteFixture azurite)
    {
        var table = new TestTable(azurite.ConnectionString);
        await Task.WhenAll(table.Client().CreateAsync(), table.Unprojected().CreateAsync(), table.Container().CreateAsync());
        return table;
    }

    public TableClient Client(params IReadOnlyList<Interceptor> interceptors) =>
        new(connectionString, name, WithQuickRetries(new TableClientOptions(), interceptors));

    public BlobContainerClient Container(params IReadOnlyList<Interceptor> interceptors) =>
        new(connectionString, name.ToLowerInvariant(), WithQuickRetries(new BlobClientOptions(), interceptors));

    public BlobPayloadStore PayloadsThrough(params IReadOnlyList<Interceptor> interceptors) => new(Container(interceptors));

    public Projector Projector(params IReadOnlyList<Interceptor> interceptors) =>
        ProjectorReading(Payloads, interceptors);

    public Projector ProjectorReading(IPayloadStore payloads, params IReadOnlyList<Interceptor> interceptors) =>
        new(Storage(interceptors), new PayloadReader(payloads), TestMetrics.Projecting,
            new TimeWithoutWaiting());

    public Projector RememberingProjector(IConversationMemory memory, params IReadOnlyList<Interceptor> interceptors) =>
        new(Storage(interceptors), new PayloadReader(Payloads), TestMetrics.Projecting,
            new TimeWithoutWaiting(), memory);

    /// <summary>The table of unprojected events of this test table.</summary>
    public TableClient Unprojected(params IReadOnlyList<Interceptor> interceptors) =>
        new(connectionString, name + "U", WithQuickRetries(new TableClientOptions(), interceptors));

    public PipelineStorage Storage(params IReadOnlyList<Interceptor> interceptors) =>
        new(Client(interceptors), Unprojected(interceptors), Container(interceptors));

    public ConversationTable Conversations(params IReadOnlyList<Interceptor> interceptors) =>
        Storage(interceptors).Conversations;

    public UnprojectedEventStore UnprojectedStore(params IReadOnlyList<Interceptor> interceptors) => new(
        Storage(interceptors), new PayloadReader(PayloadsThrough(interceptors)), new TimeWithoutWaiting());

    public UnprojectedEventReplay Replay() => new(
        Storage(), Projector(), new PayloadReader(Payloads), new TimeWithoutWaiting());

    /// <summary>Each of its requests goes through the interceptors, those for blobs too.</summary>
    public Eraser Eraser(params IReadOnlyList<Interceptor> interceptors) => new(
        Storage(interceptors), new PayloadReader(PayloadsThrough(interceptors)), new TimeWithoutWaiting());

    public ConversationRebuilder Rebuilder(params IReadOnlyList<Interceptor> interceptors) =>
        new(Conversations(interceptors), new PayloadReader(Payloads), new TimeWithoutWaiting());

    public Task<IReadOnlyList<DeliveryOutcome>> ProjectAsync(params IReadOnlyList<QueuedEvent> batch) =>
        Projector().ProjectAsync(batch, CancellationToken.None);

    public async Task<IReadOnlyList<TableEntity>> RowsAsync(string prefix = "") => await Client()
        .QueryAsync<TableEntity>().Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal)).ToListAsync();

    public async Task<IReadOnlyList<TableEntity>> UnprojectedRowsAsync() =>
        await Unprojected().QueryAsync<TableEntity>().ToListAsync();

    /// <summary>Asserts that the table has exactly the rows of these events, each projected once.</summary>
    public async Task AssertHasExactlyAsync(params IEnumerable<QueuedEvent> projected)
    {
        var expected = await ExpectedRowsAsync(projected).Select(ToText).Order(StringComparer.Ordinal).ToListAsync();
        var found = (await RowsAsync()).Select(ToText).Order(StringComparer.Ordinal);
        Assert.Equal(expected, found);
    }

    private static T WithQuickRetries<T>(T options, IReadOnlyList<Interceptor> interceptors) where T : ClientOptions
    {
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        options.Transport = Interceptor.Through(interceptors);
        return options;
    }

    private async IAsyncEnumerable<TableEntity> ExpectedRowsAsync(IEnumerable<QueuedEvent> projected)
    {
        Dictionary<ItemIdentity, BelcoEvent> events = [];
        foreach (var queued in projected)
        {
            var body = await new PayloadReader(Payloads).ReadAsync(queued, CancellationToken.None);
            var e = body!.Value.ToArray().ToEvent();
            if (events.TryAdd(e.Identity, e)) yield return TimelineRow.ToEntity(e, queued.ReceivedAt, queued.PayloadBlob);
        }

        foreach (var conversation in events.Values.GroupBy(e => (e.ShopId, e.Conversation.Id)))
        {
            var state = conversation.Fold();
            yield return ConversationRow.ToEntity(state);
            yield return ConversationRow.ToRecentEntity(state);
        }

        foreach (var (shopId, customerId) in events.Values.SelectMany(e => e.CustomerIds.Select(id => (e.ShopId, id))).Distinct())
        {
            yield return new StoredCustomer(shopId, customerId).ToEntity(erasure: null);
        }
    }

    /// <summary>A row with all its columns, except those that the service adds.</summary>
    public static string ToText(TableEntity row) => string.Join('\n', row
        .Where(column => column.Key is not ("odata.etag" or "Timestamp"))
        .OrderBy(column => column.Key is "RowKey" ? "" : column.Key, StringComparer.Ordinal)
        .Select(column => $"{column.Key}: {ToText(column.Value)}"));

    private static string ToText(object value) => value switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        DateTimeOffset time => EventTime.ToText(time),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
