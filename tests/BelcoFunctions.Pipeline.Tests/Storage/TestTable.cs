using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Projecting;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Storage;

/// <summary>A table of a test's own, in Azurite.</summary>
internal sealed class TestTable
{
    private readonly string connectionString;
    private readonly string name = $"Conversations{Guid.NewGuid():N}";

    private TestTable(string connectionString)
    {
        this.connectionString = connectionString;
        Payloads = new(new BlobContainerClient(connectionString, BlobPayloadStore.ContainerName));
    }

    public BlobPayloadStore Payloads { get; }

    public static async Task<TestTable> CreateAsync(AzuriteFixture azurite)
    {
        var table = new TestTable(azurite.ConnectionString);
        await table.Client().CreateAsync();
        return table;
    }

    public TableClient Client(params IReadOnlyList<Interference> interferences) => new(connectionString, name, new TableClientOptions
    {
        Retry = { MaxRetries = 2, Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) },
        Transport = Interference.Through(interferences),
    });

    public Projector Projector(params IReadOnlyList<Interference> interferences) =>
        new(new ConversationTable(Client(interferences)), new PayloadReader(Payloads), new TimeWithoutWaiting());

    public Task<IReadOnlyList<DeliveryOutcome>> ProjectAsync(params IReadOnlyList<QueuedEvent> batch) =>
        Projector().ProjectAsync(batch, CancellationToken.None);

    public Task<List<TableEntity>> RowsAsync(string prefix = "") =>
        Client().QueryAsync<TableEntity>().Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal)).ToListAsync().AsTask();

    /// <summary>That the table has the rows of these events, each applied once and folded, and no other row.</summary>
    public async Task AssertHasExactlyAsync(params IEnumerable<QueuedEvent> applied)
    {
        var expected = ExpectedRows(applied).Select(ToText).Order(StringComparer.Ordinal);
        var found = (await RowsAsync()).Select(ToText).Order(StringComparer.Ordinal);
        Assert.Equal(expected, found);
    }

    private static IEnumerable<TableEntity> ExpectedRows(IEnumerable<QueuedEvent> applied)
    {
        var events = applied.Select(queued => (queued, e: queued.Body.ToArray().ToEvent())).DistinctBy(pair => pair.e.Identity).ToList();
        foreach (var (queued, e) in events) yield return TimelineRow.ToEntity(e, queued.ReceivedAt, queued.PayloadBlob);
        foreach (var conversation in events.Select(pair => pair.e).GroupBy(e => (e.ShopId, e.Conversation.Id)))
        {
            var state = conversation.Aggregate(
                new ConversationState(conversation.Key.ShopId, conversation.Key.Id), (state, e) => state.Apply(e));
            yield return ConversationRow.ToEntity(state);
            yield return ConversationRow.ToRecentEntity(state);
        }
    }

    private static string ToText(TableEntity row) => string.Join('\n', row
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
