using System.Diagnostics.Metrics;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Importing;
using BelcoFunctions.Pipeline.Queries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Pipeline.Tests.Queries;

/// <summary>How complete the archive of each shop is, and the metric about it.</summary>
public sealed class CompletenessTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 3, 15, 0, TimeSpan.Zero);

    private readonly FakeLogger<CompletenessCheck> log = new();

    [AzuriteFact]
    public async Task A_shop_is_complete_only_if_nothing_was_missing_after_its_last_import()
    {
        await Table.ProjectAsync(Reply("c", 1));
        Assert.Equal(CompletenessState.NeverImported, (await FindAsync(EventFactory.ShopId)).State);

        await Table.Storage().StoreMarkAsync(Mark(EventFactory.ShopId, days: 4) with { MissingItems = 1 });
        Assert.Equal((CompletenessState.Incomplete, null), State(await FindAsync(EventFactory.ShopId)));

        await Table.Storage().StoreMarkAsync(Complete(EventFactory.ShopId, days: 3));
        Assert.Equal((CompletenessState.Complete, Now.AddDays(-3)), State(await FindAsync(EventFactory.ShopId)));

        await Table.Storage().StoreMarkAsync(Mark(EventFactory.ShopId, days: 2) with { MissingItems = 1 });
        Assert.Equal((CompletenessState.Incomplete, Now.AddDays(-3)), State(await FindAsync(EventFactory.ShopId)));

        await Table.Storage().StoreMarkAsync(Complete(EventFactory.ShopId, days: 1) with { Since = Now.AddDays(-9) });
        Assert.Equal(CompletenessState.Incomplete, (await FindAsync(EventFactory.ShopId)).State);
    }

    [AzuriteTheory]
    [InlineData("StartedAt", "yesterday", "is damaged")]
    [InlineData("Missing", "no JSON", "is damaged")]
    [InlineData("SchemaVersion", 99, "Another version of BelcoFunctions")]
    public async Task A_mark_that_cannot_be_read_says_why_and_hides_no_other_shop(string column, object value, string error)
    {
        await Table.Storage().StoreMarkAsync(Complete("a", days: 1));
        await Table.Storage().StoreMarkAsync(Complete("b", days: 1));
        var row = (await Table.RowsAsync("import")).Single(row => row.PartitionKey == "a");
        row[column] = value;
        await Table.Client().UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        var shops = await Queries().ListAllAsync(CancellationToken.None).ToListAsync();

        Assert.Equal([CompletenessState.NotKnown, CompletenessState.Complete], shops.Select(shop => shop.State));
        Assert.Contains(error, shops[0].Error, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Every_shop_is_listed_however_many_there_are()
    {
        var ids = Enumerable.Range(100, 51).Select(number => $"shop-{number}").ToList();
        await Task.WhenAll(ids.Select(id => Table.Storage().StoreMarkAsync(Complete(id, days: 1))));

        Assert.Equal(ids, await Queries().ListAllAsync(CancellationToken.None).Select(shop => shop.ShopId).ToListAsync());
    }

    [AzuriteFact]
    public async Task The_metric_is_of_the_shop_that_was_complete_longest_ago()
    {
        await Table.Storage().StoreMarkAsync(Complete("a", days: 0.5));
        Assert.Equal([0], await MeasureAsync());
        Assert.Equal(0, log.Collector.Count);

        await Table.Storage().StoreMarkAsync(Complete("b", days: 3.9));
        Assert.Equal([3], await MeasureAsync());
        Assert.StartsWith(
            "The archive of shop b is not complete now: Complete", log.LatestRecord.Message, StringComparison.Ordinal);

        await Table.ProjectAsync(Reply("c", 1));
        Assert.Equal([CompletenessCheck.NeverDays], await MeasureAsync());
    }

    [AzuriteFact]
    public async Task An_archive_without_a_shop_is_not_measured() => Assert.Empty(await MeasureAsync());

    private static ImportMark Mark(string shopId, double days) => new(shopId, $"run-{days}", Now.AddDays(-days));

    private static ImportMark Complete(string shopId, double days) =>
        Mark(shopId, days) with { CompleteAsOf = Now.AddDays(-days) };

    private static (CompletenessState State, DateTimeOffset? AsOf) State(ShopCompleteness shop) =>
        (shop.State, shop.Mark?.CompleteAsOf);

    private CompletenessQueries Queries() => new(new ShopQueries(Table.Conversations()), new ImportMarks(Table.Conversations()));

    private Task<ShopCompleteness> FindAsync(string shopId) => Queries().FindAsync(shopId, CancellationToken.None);

    private async Task<IEnumerable<int>> MeasureAsync()
    {
        await using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var metrics = new CompletenessMetrics(meters);
        using var collector = new MetricCollector<int>(meters, "BelcoFunctions", "belco.import.incomplete.days");
        await new CompletenessCheck(Queries(), metrics, new FakeTimeProvider(Now), log).RunAsync(CancellationToken.None);
        return collector.GetMeasurementSnapshot().Select(measured => measured.Value);
    }
}
