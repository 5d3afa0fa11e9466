using System.Globalization;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Definitions;
using BelcoFunctions.Viewer.Charts;
using BelcoFunctions.Viewer.Shared.Text;
using NodaTime.Text;

namespace BelcoFunctions.Viewer.Reports;

/// <summary>The charts of a report. Their categories are its groups.</summary>
internal static class ReportCharts
{
    private const int MaxTicks = 8;

    // If there are more bars than this, there is no room for their names. The table has all groups.
    private const int MaxNamedGroups = 12;

    public static IEnumerable<Chart> From(Report report, ReportAddress address, Names names)
    {
        var groups = report.Request.By is GroupBy.Day ? report.Groups : [.. report.Groups.Take(MaxNamedGroups)];
        if (report.Request.By is not GroupBy.Agent)
        {
            yield return report.Request.By is GroupBy.Day
                ? Make("Opened and closed", ChartKind.Lines, Figure.Opened, "Conversations that began, and closes.",
                    Counts("Opened", ChartTone.Blue, Figure.Opened), Counts("Closed", ChartTone.Green, Figure.Closed))
                : Make("Opened", ChartKind.StackedBars, Figure.Opened, "Conversations that began.",
                    Counts("Opened", ChartTone.Blue, Figure.Opened));
            yield return Make("Messages", ChartKind.StackedBars, Figure.CustomerMessages, "Of customers and of agents.",
                Counts("In", ChartTone.Blue, Figure.CustomerMessages), Counts("Out", ChartTone.Violet, Figure.AgentMessages));
        }
        else
        {
            yield return Make("Messages", ChartKind.StackedBars, Figure.AgentMessages, "Of each agent.",
                Counts("Messages", ChartTone.Blue, Figure.AgentMessages));
            yield return Make("Closed", ChartKind.StackedBars, Figure.Closed, "By each agent.",
                Counts("Closed", ChartTone.Green, Figure.Closed));
        }

        var kind = report.Request.By is GroupBy.Day ? ChartKind.Lines : ChartKind.StackedBars;
        yield return Make("First response", kind, Figure.FirstResponse, "Half of the first responses took this long or less.",
            Medians("Median", ChartTone.Blue, figures => figures.FirstResponse.Median)) with
        { Unit = ChartUnit.Time };
        yield return Make("Time to close", kind, Figure.TimeToClose, "Half of the closes came after this long or less.",
            Medians("Median", ChartTone.Green, figures => figures.TimeToClose.Median)) with
        { Unit = ChartUnit.Time };

        Chart Make(string title, ChartKind kind, Figure figure, string summary, params IReadOnlyList<ChartSeries> series) =>
            new(title, kind, ChartUnit.Count, [.. groups.Select((group, index) => Category(group, index, figure))], series)
            {
                Summary = summary,
                CategoryName = ReportNames.OfGroups(report.Request.By),
                Empty = "Nothing in this range.",
            };

        ChartCategory Category(ReportGroup group, int index, Figure figure) => new(
            ReportNames.OfGroup(group.Key, report.Request.By, names), Tick(group.Key, index),
            address.Conversations(report.Request, new BehindNumber(figure, HasGroup: true, group.Key)));

        ChartSeries Counts(string name, ChartTone tone, Figure figure) =>
            new(name, tone, [.. groups.Select(group => (double?)group.Figures.Count(figure))]);

        ChartSeries Medians(string name, ChartTone tone, Func<FigureSet, TimeSpan?> length) =>
            new(name, tone, [.. groups.Select(group => length(group.Figures)?.TotalSeconds)]);

        string? Tick(string? key, int index) => report.Request.By switch
        {
            GroupBy.Day => (groups.Count - 1 - index) % ((groups.Count + MaxTicks - 1) / MaxTicks) == 0
                ? LocalDatePattern.Iso.Parse(key!).Value.ToString("d MMM", CultureInfo.InvariantCulture) : null,
            GroupBy.Agent when key is not null =>
                names.OfAssignee(key) is { } name ? ShortId.FormatName(name) : ShortId.Format(key),
            GroupBy.Channel when key is not null => ShortId.FormatName(key),
            _ => ReportNames.OfGroup(key, report.Request.By, names),
        };
    }
}
