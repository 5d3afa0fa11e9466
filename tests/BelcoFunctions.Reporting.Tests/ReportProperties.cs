using BelcoFunctions.Reporting.Definitions;
using BelcoFunctions.Testing.Generated;
using CsCheck;
using NodaTime;

namespace BelcoFunctions.Reporting.Tests;

/// <summary>A report of any events in any order equals the figures of the whole list of events.</summary>
public sealed class ReportProperties
{
    private static readonly DateTimeOffset Start = new(2025, 6, 11, 9, 15, 0, TimeSpan.Zero);

    private static readonly Gen<(IReadOnlyList<BelcoEvent> Shop, ReportRequest Range)> Reports =
        from history in Histories.Any
        from since in Gen.OneOf(-3_600, 0, 1, 60, 3_600)
        from length in Gen.OneOf(1, 60, 3_540, 3_600, 86_400)
        from grouping in Gen.Enum<GroupBy>()
        from zone in Gen.OneOf("UTC", "Europe/Amsterdam", "Pacific/Auckland")
        let events = history.Select(body => body.ToUtf8().ToEvent()).ToList()
        select ((IReadOnlyList<BelcoEvent>)events.FindAll(e => e.ShopId == events[0].ShopId),
            new ReportRequest(events[0].ShopId, Start.AddSeconds(since), Start.AddSeconds(since + length),
                DateTimeZoneProviders.Tzdb[zone], grouping));

    [Fact]
    public void Each_figure_is_what_the_whole_list_of_events_says() => Reports.Sample((shop, range) =>
    {
        var (naive, total) = (new Naive(shop, range), Report(shop, range).Total);
        Assert.Equal(naive.Opened, total.Count(Figure.Opened));
        Assert.Equal(naive.Closed, total.Count(Figure.Closed));
        Assert.Equal(naive.ConversationsClosed, total.Conversations(Figure.Closed));
        Assert.Equal(naive.Reopened, total.Count(Figure.Reopened));
        Assert.Equal(naive.OpenAtEnd, total.Count(Figure.OpenAtEnd));
        Assert.Equal(naive.Waiting, total.Count(Figure.Waiting));
        Assert.Equal(naive.CustomerMessages, total.Count(Figure.CustomerMessages));
        Assert.Equal(naive.AgentMessages, total.Count(Figure.AgentMessages));
        AssertPercentiles(naive.FirstResponses, total.FirstResponse, total.Count(Figure.FirstResponse));
        AssertPercentiles(naive.TimesToClose, total.TimeToClose, total.Count(Figure.TimeToClose));
    });

    [Fact]
    public void Each_group_is_what_the_list_of_its_events_says() => Reports.Sample((shop, range) =>
    {
        var (naive, report) = (new Naive(shop, range), Report(shop, range));
        switch (range.By)
        {
            case GroupBy.Agent:
                AssertGroups(naive.AgentMessagesByAgent, report, Figure.AgentMessages);
                AssertGroups(naive.ClosedByAgent, report, Figure.Closed);
                break;
            case GroupBy.Channel:
                AssertGroups(naive.OpenAtEndByChannel, report, Figure.OpenAtEnd);
                break;
            default:
                AssertGroups(naive.CustomerMessagesByDay, report, Figure.CustomerMessages);
                break;
        }
    });

    [Fact]
    public void The_groups_of_a_figure_add_up_to_its_total() => Reports.Sample((shop, range) =>
    {
        var report = Report(shop, range);
        foreach (var figure in Figures.All.Where(figure => range.By.Divides(figure)))
        {
            Assert.Equal(report.Total.Count(figure), report.Groups.Sum(group => group.Figures.Count(figure)));
        }
    });

    [Fact]
    public void Ranges_that_meet_have_the_figures_of_the_whole() => Gen.Select(Reports, Gen.Double[0, 1]).Sample((report, part) =>
    {
        var (shop, whole) = report;
        var middle = EventTime.ToMillisecond(whole.Since + (whole.Until - whole.Since) * part);
        if (middle <= whole.Since || middle >= whole.Until) return;
        var (first, second) = (Report(shop, whole with { Until = middle }), Report(shop, whole with { Since = middle }));
        foreach (var figure in Figures.All.Where(figure => figure.HasMoment()))
        {
            Assert.Equal(Report(shop, whole).Total.Count(figure), first.Total.Count(figure) + second.Total.Count(figure));
        }
    });

    [Fact]
    public void The_witnesses_of_the_status_say_what_the_fold_of_the_events_before_the_end_says() =>
        Reports.Sample((shop, range) =>
        {
            foreach (var events in shop.Where(e => e.Item.CreatedAt < range.Until).GroupBy(e => e.Conversation.Id))
            {
                var witnesses = StatusWitnesses.From([.. events.Select(Naive.ToReported)]);
                var snapshots = events.ToDictionary(Naive.ToReported, e => e.Conversation.Status);
                var said = witnesses.Snapshots.FirstOrDefault(e => snapshots[e] is not null);
                Assert.Equal(events.Fold().Status.Value, said is null ? witnesses.Effect?.Value : snapshots[said]);
            }
        });

    [Fact]
    public void Each_close_has_a_length_or_is_counted_as_one_without() => Reports.Sample((shop, range) =>
    {
        var total = Report(shop, range).Total;
        Assert.Equal(total.Count(Figure.Closed), total.Count(Figure.TimeToClose) + total.Count(Figure.CloseWithoutOpening));
    });

    private static Report Report(IReadOnlyList<BelcoEvent> shop, ReportRequest range)
    {
        var builder = new ReportBuilder(range);
        foreach (var history in new Naive(shop, range).Histories()) builder.Add(history);
        return builder.Build(new ReportCoverage());
    }

    private static void AssertPercentiles(List<TimeSpan> naive, Percentiles percentiles, int count)
    {
        Assert.Equal(naive.Count, count);
        Assert.Equal(new Percentiles(count, Naive.Percentile(naive, 50), Naive.Percentile(naive, 90)), percentiles);
    }

    private static void AssertGroups(Dictionary<string, int> naive, Report report, Figure figure) => Assert.Equal(
        naive.OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.Value)),
        report.Groups.Where(group => group.Figures.Count(figure) > 0)
            .Select(group => (Key: group.Key ?? "", group.Figures.Count(figure)))
            .OrderBy(group => group.Key, StringComparer.Ordinal));
}
