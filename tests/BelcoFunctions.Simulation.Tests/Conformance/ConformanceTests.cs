using System.Globalization;
using Azure;
using Azure.Data.Tables;
using BelcoFunctions.Simulation.Tests.Store;

namespace BelcoFunctions.Simulation.Tests.Conformance;

/// <summary>The simulated store answers as Azurite does: the same status, code, failed action, rows and pages, and a new ETag
/// after each write. Where Azurite is laxer than the service's documentation, the documentation wins.</summary>
[Collection(SharedAzurite.Name)]
public sealed class ConformanceTests(AzuriteFixture azurite)
{
    private const int Requests = 400;

    [AzuriteTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_same_requests_get_the_same_answers(int seed)
    {
        var name = $"Conformance{Guid.NewGuid():N}";
        var (simulated, real) =
            (StoreUnderTest.Simulated(name), await StoreUnderTest.AzuriteAsync(azurite.ConnectionString, name));
        var requests = new GeneratedRequests(seed);
        HashSet<string> kinds = [];
        for (var number = 0; number < Requests; number++)
        {
            var (text, send) = requests.Next();
            var expected = await real.TellAsync(send);
            Assert.Equal($"{number} {text}: {expected}", $"{number} {text}: {await simulated.TellAsync(send)}");
            kinds.Add(expected);
        }

        Assert.Contains(kinds, kind => kind.StartsWith("412", StringComparison.Ordinal));
        Assert.Contains(kinds, kind => kind.Contains(" at 2", StringComparison.Ordinal));
    }

    /// <summary>Azurite accepts these requests, or fails in another way. The service's behaviour is in "Understanding the
    /// Table service data model", "Performing entity group transactions" and "Table Storage error codes".</summary>
    [Theory]
    [MemberData(nameof(Documented))]
    public async Task Beyond_a_documented_limit_the_documented_error_comes(string expected, Func<TableClient, Task> request)
    {
        var exception = await Assert.ThrowsAnyAsync<RequestFailedException>(
            () => request(StoreUnderTest.Simulated("Limits").Table));
        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{exception.Status} {exception.ErrorCode}"));
    }

    public static TheoryData<string, Func<TableClient, Task>> Documented() => new()
    {
        { "400 PropertyValueTooLarge", table => table.AddEntityAsync(With(new string('x', 32_769))) },
        { "400 PropertyValueTooLarge", table => table.AddEntityAsync(With(new byte[65_537])) },
        { "400 EntityTooLarge", table => table.AddEntityAsync(Wide("r", 17)) },
        { "400 TooManyProperties", table => table.AddEntityAsync(Columns(253)) },
        { "400 OutOfRangeInput", table => table.AddEntityAsync(With(new DateTimeOffset(1600, 1, 1, 0, 0, 0, TimeSpan.Zero))) },
        { "400 OutOfRangeInput", table => table.AddEntityAsync(new TableEntity("p", new string('r', 513))) },
        { "413 RequestBodyTooLarge", table => AddAsync(table, Enumerable.Range(0, 4).Select(row => Wide($"{row}", 15))) },
        { "400 InvalidInput", table => AddAsync(table, Enumerable.Range(0, 101).Select(row => new TableEntity("p", $"{row}"))) },
        { "400 CommandsInBatchActOnDifferentPartitions", table => AddAsync(table, [new("p", "r"), new("q", "r")]) },
    };

    [Fact]
    public async Task A_page_whose_rows_are_all_filtered_out_is_empty_and_has_a_next_page()
    {
        var store = new SimulatedStore(new StorePages(Rows: 2, Blobs: 2));
        var table = new TableServiceClient(new Uri("https://simulated.table.core.windows.net?sig=none"),
            new TableClientOptions { Transport = new ImmediateTransport(store, isTable: true) }).GetTableClient("Pages");
        for (var row = 0; row < 5; row++) await table.AddEntityAsync(new TableEntity("p", $"{row}") { ["Number"] = row });

        var pages = await table.QueryAsync<TableEntity>("Number eq 4").AsPages().ToListAsync();

        Assert.Equal([0, 0, 1], pages.Select(page => page.Values.Count));
    }

    private static Task AddAsync(TableClient table, IEnumerable<TableEntity> rows) => table.SubmitTransactionAsync(
        rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));

    private static TableEntity With(object value) => new("p", "r") { ["Column"] = value };

    private static TableEntity Wide(string row, int columns)
    {
        var entity = new TableEntity("p", row);
        for (var column = 0; column < columns; column++) entity[$"Raw{column}"] = new byte[65_536];
        return entity;
    }

    private static TableEntity Columns(int count)
    {
        var entity = new TableEntity("p", "r");
        for (var column = 0; column < count; column++) entity[$"C{column}"] = 1;
        return entity;
    }
}
