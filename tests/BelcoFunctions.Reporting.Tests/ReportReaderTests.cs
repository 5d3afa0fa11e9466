using BelcoFunctions.Cli.Output;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Reporting.Definitions;
using BelcoFunctions.Reporting.Reading;
using BelcoFunctions.Testing.Generated;
using CsCheck;
using NodaTime;

namespace BelcoFunctions.Reporting.Tests;

/// <summary>A report of the rows equals a report of the projected events.</summary>
public sealed class ReportReaderTests(AzuriteFixture azurite) : TableTests(azurite)
{
    private static readonly DateTimeOffset Start = EventFactory.Start;

    private static readonly ReportRequest Everything =
        new(EventFactory.ShopId, Start.AddDays(-1), Start.AddDays(1), DateTimeZone.Utc, GroupBy.Agent);

    [AzuriteTheory]
    // Up to sixteen conversations, each timeline is a request. With more, one request reads a page of all timelines.
    [InlineData(10, 11)]
    [InlineData(17, 2)]
    public async Task The_rows_say_what_the_events_say_at_whatever_end(int conversations, int requests)
    {
        var batch = EventFactory.Batch(150, conversations);
        await ProjectAsync(batch);
        BelcoEvent[] events = [.. batch.Select(queued => queued.Body.ToArray().ToEvent())];
        foreach (var (since, until) in new[] { (-60, 3_600), (0, 100), (40, 77), (90, 91), (140, 9_000) })
        {
            foreach (var by in Enum.GetValues<GroupBy>())
            {
                var request = Everything with { Since = Start.AddSeconds(since), Until = Start.AddSeconds(until), By = by };
                Assert.Equal(Expected(events, request), ToText(await ReportAsync(request)));
            }
        }

        Log.Clear();
        await ReportAsync(Everything, Log);
        Assert.Equal(requests, Log.Total);
    }

    [AzuriteFact]
    public async Task The_rows_say_what_any_history_says()
    {
        foreach (var history in Histories.Any.Array[4].Single())
        {
            var table = await CreateTableAsync();
            BelcoEvent[] events = [.. history.Select(body => body.ToUtf8().ToEvent())];
            AssertAll<DeliveryOutcome.Projected>(await table.ProjectAsync([.. history.Select(body => body.ToUtf8().ToQueued())]));
            foreach (var end in (int[])[1, 60, 3_590, 3_660, 86_400])
            {
                var since = new DateTimeOffset(2025, 6, 11, 9, 15, 0, TimeSpan.Zero);
                var request = Everything with { ShopId = events[0].ShopId, Since = since, Until = since.AddSeconds(end) };
                Assert.Equal(
                    Expected(events.Where(e => e.ShopId == request.ShopId), request), ToText(await ReportAsync(request, table)));
            }
        }
    }

    [AzuriteFact]
    public async Task Where_nothing_happened_since_the_range_began_only_the_row_is_read()
    {
        await Table.ProjectAsync(EventFactory.Batch(150, 10));
        var request = Everything with { Since = Start.AddDays(2), Until = Start.AddDays(3) };
        var report = await ReportAsync(request, Log);
        Assert.InRange(report.Total.Count(Figure.OpenAtEnd), 1, 10);
        Assert.Equal(1, Log.Total);
    }

    [AzuriteFact]
    public async Task An_erased_conversation_is_counted_only_as_erased()
    {
        await ProjectAsync([Reply("gone", 1), Reply("stays", 2)]);
        await Table.Eraser().EraseAsync(
            new ErasureRequest.OfConversation(EventFactory.ShopId, "gone", Start.AddSeconds(10)), progress: null, default);
        var report = await ReportAsync(Everything);
        Assert.Equal((1, 1), (report.Coverage.Erased, report.Total.Count(Figure.AgentMessages) + Customers(report)));
        Assert.Equal(0, report.Total.Count(Figure.PartlyErased));

        // After a later message it is a conversation again, and a part of it is erased.
        await ProjectAsync([EventFactory.Reply("gone", 20, item =>
            item.Parent!["conversation"]!["createdAt"] = "2025-06-11T09:00:01Z").ToQueued()]);
        report = await ReportAsync(Everything);
        Assert.Equal((0, 1), (report.Coverage.Erased, report.Total.Count(Figure.PartlyErased)));
        Assert.Equal(2, report.Total.Count(Figure.AgentMessages) + Customers(report));

        static int Customers(Report report) => report.Total.Count(Figure.CustomerMessages);
    }

    [AzuriteFact]
    public async Task A_shop_whose_conversations_are_all_erased_is_not_reported_as_missing()
    {
        await ProjectAsync([Reply("gone", 1)]);
        await Table.Eraser().EraseAsync(
            new ErasureRequest.OfConversation(EventFactory.ShopId, "gone", Start.AddSeconds(10)), progress: null, default);
        var report = await ReportAsync(Everything);
        Assert.Contains("All conversations of the shop were erased.", ReportNotes.Sentences(report));
        Assert.Equal("erased conversation: in no figure", Assert.Single(ReportNotes.Counted(report)).Text);
    }

    [AzuriteTheory]
    // Up to sixteen conversations, each timeline is a request. With more, one request reads a page of all timelines.
    [InlineData(1)]
    [InlineData(17)]
    public async Task A_status_is_not_certain_if_an_event_that_may_change_it_has_lost_its_blob(int conversations)
    {
        var large = await ReceiveAsync(EventFactory.ReplyOfSize(200_000));
        await ProjectAsync([
            .. Enumerable.Range(0, conversations).Select(number => Reply(number == 0 ? "c" : $"c-{number}", 0)), large,
            EventFactory.Make(EventNames.ConversationClosed, "c", 200).ToQueued(),
            .. Enumerable.Range(1, conversations - 1).Select(number => Reply($"c-{number}", 200)),
        ]);
        var request = Everything with { Until = Start.AddSeconds(100) };
        Assert.Equal((conversations, 0), Figures(await ReportAsync(request)));

        await Table.Payloads.DeleteAsync(large.PayloadBlob!, default);

        Assert.Equal((conversations, 1), Figures(await ReportAsync(request)));
        // The row has the current status.
        Assert.Equal((conversations - 1, 0), Figures(await ReportAsync(Everything)));

        static (int Open, int Uncertain) Figures(Report report) =>
            (report.Total.Count(Figure.OpenAtEnd), report.Total.Count(Figure.StatusUncertain));
    }

    [AzuriteFact]
    public async Task A_row_of_a_newer_version_is_an_error_and_is_not_skipped()
    {
        await ProjectAsync([Reply("c", 1)]);
        var row = (await Table.RowsAsync("conversation_")).Single();
        row["SchemaVersion"] = RowValues.SchemaVersion + 1;
        await Table.Client().UpdateEntityAsync(row, row.ETag);
        await Assert.ThrowsAsync<AnotherVersionException>(() => ReportAsync(Everything));
    }

    [AzuriteFact]
    public async Task A_damaged_row_is_named()
    {
        await ProjectAsync([Reply("c", 1)]);
        var row = (await Table.RowsAsync("timeline_")).Single();
        row["At"] = "yesterday";
        await Table.Client().UpdateEntityAsync(row, row.ETag);
        Assert.Equal(row.RowKey, (await Assert.ThrowsAsync<DamagedRowException>(() => ReportAsync(Everything))).RowKey);
    }

    [AzuriteTheory]
    [InlineData(9, 100)]
    [InlineData(100, 0)]
    public async Task Over_its_limits_it_reports_nothing_instead_of_a_part(int conversations, int rounds)
    {
        await ProjectAsync(EventFactory.Batch(20, 10));
        Assert.Null(await Reader(Table).ReportAsync(Everything, new ReportLimits(conversations, rounds), null, default));
    }

    private static string Expected(IEnumerable<BelcoEvent> events, ReportRequest request)
    {
        var builder = new ReportBuilder(request);
        BelcoEvent[] all = [.. events];
        foreach (var history in new Naive(all, request).Histories()) builder.Add(history);
        return ToText(builder.Build(new ReportCoverage()));
    }

    // Leaves out the coverage, because the moment at which the archive begins depends on which rows were read.
    private static string ToText(Report report) =>
        ReportJson.From(report with { Coverage = new ReportCoverage { Queued = 0 } }, Names.None).ToJsonString();

    private Task<Report> ReportAsync(ReportRequest request, params IReadOnlyList<Interceptor> interceptors) =>
        ReportAsync(request, Table, interceptors);

    private static async Task<Report> ReportAsync(
        ReportRequest request, TestTable table, params IReadOnlyList<Interceptor> interceptors) =>
        (await Reader(table, interceptors).ReportAsync(request, ReportLimits.None, null, default))!;

    private static ReportReader Reader(TestTable table, params IReadOnlyList<Interceptor> interceptors) => new(
        new ReportQueries(table.Conversations(interceptors)),
        new RawEventQuery(table.Conversations(interceptors), new PayloadReader(table.Payloads)));
}
