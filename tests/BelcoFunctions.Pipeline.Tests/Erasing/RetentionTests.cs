using System.Diagnostics.Metrics;
using BelcoFunctions.Pipeline.Erasing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace BelcoFunctions.Pipeline.Tests.Erasing;

public sealed class RetentionTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private const int Days = 100;

    private readonly FakeLogger<Retention> log = new();
    private readonly IMeterFactory meters =
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    [AzuriteFact]
    public async Task Conversations_closed_for_longer_than_the_days_are_erased_in_every_shop_and_counted()
    {
        await Table.ProjectAsync(Close("c", 0), Close("d", 0), Close("recent", 2), Reply("open", 0));
        var counter = Counter();

        var receipt = await Retention(Days).ApplyAsync(CancellationToken.None);

        Assert.Equal(new ErasureReceipt { Conversations = 2, TimelineRows = 2 }, receipt);
        Assert.Equal(["open", "recent"], (await Table.RowsAsync("timeline_")).Select(row => row.GetString("ConversationId")));
        Assert.Equal([(2L, "erased"), (0L, "remaining")],
            counter.GetMeasurementSnapshot().Select(measured => (measured.Value, (string?)measured.Tags["outcome"])));
        Assert.Equal("Retention of 100 days: erased 2 conversations with 2 timeline rows, 0 unprojected events, 0 blobs "
            + "and 0 names; 0 remaining", log.LatestRecord.Message);
    }

    [AzuriteFact]
    public async Task Without_the_setting_nothing_is_erased_and_nothing_is_said()
    {
        await Table.ProjectAsync(Close("c", 0));
        var counter = Counter();

        Assert.True((await Retention(days: null).ApplyAsync(CancellationToken.None)).IsEmpty);

        Assert.Single(await Table.RowsAsync("timeline_"));
        Assert.Empty(counter.GetMeasurementSnapshot());
        Assert.Equal(0, log.Collector.Count);
    }

    [AzuriteFact]
    public async Task A_run_that_is_stopped_says_what_it_did_and_the_next_one_goes_on()
    {
        for (var requests = 0;
            log.Collector.GetSnapshot().All(line => line.Message.Contains("erased 0 c", StringComparison.Ordinal)); requests++)
        {
            await Table.ProjectAsync(Close($"c{requests}", 0), Close($"d{requests}", 0));
            await Assert.ThrowsAnyAsync<Exception>(
                () => Retention(Days, new KilledAfter(requests)).ApplyAsync(CancellationToken.None));
        }

        await Retention(Days).ApplyAsync(CancellationToken.None);

        Assert.Empty(await Table.RowsAsync("timeline_"));
    }

    // A conversation that was closed at second 0 is one second too old to stay.
    private Retention Retention(int? days, params Interceptor[] interceptors) => new(
        Table.Eraser(interceptors), new RetentionSettings(days), new RetentionMetrics(meters),
        new FakeTimeProvider(EventFactory.Start.AddDays(Days).AddSeconds(1)), log);

    private MetricCollector<long> Counter() => new(meters, "BelcoFunctions", "belco.retention.conversations");

    private static QueuedEvent Close(string conversationId, int second) =>
        EventFactory.Make(EventNames.ConversationClosed, conversationId, second).ToQueued();
}
