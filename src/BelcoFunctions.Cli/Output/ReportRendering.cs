using System.Globalization;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Definitions;
using NodaTime;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BelcoFunctions.Cli.Output;

/// <summary>Shows a report in a terminal, with or without colours. The bars fill the rest of 80 columns.</summary>
internal static class ReportRendering
{
    private const int AgentLength = 17;
    private const int ChannelLength = 12;
    private const int MaxBarLength = 14;
    private const int TextWidth = 80;
    private const string None = "–";

    /// <param name="names">The names of agents.</param>
    public static void Write(IAnsiConsole console, Report report, Names names)
    {
        var request = report.Request;
        console.Write(new Text($"Shop {DisplayText.Clean(request.ShopId)}\n", new Style(decoration: Decoration.Bold)));
        console.WriteLine($"{Moment(request.Since, request)} to {Moment(request.Until, request)}, {request.Zone.Id}");
        if (request.Hours is { } hours) console.WriteLine($"Open {hours}");
        console.WriteLine();
        if (report.Coverage.ArchiveBegins is not null) console.Write(Totals(report.Total));
        if (report.Groups.Count > 0)
        {
            console.Write(Groups(report, names, WidthOf(console), Bar.CharacterOf(console)));
        }
        else if (report.Coverage.ArchiveBegins is not null)
        {
            console.WriteLine();
        }

        WriteNotes(console, report);
    }

    private static Grid Totals(FigureSet total)
    {
        var grid = new Grid().AddColumn(new GridColumn().PadRight(3)).AddColumn(new GridColumn().RightAligned().PadRight(3))
            .AddColumn();
        Row("Opened", total.Count(Figure.Opened), "");
        Row("Closed", total.Count(Figure.Closed), In(Figure.Closed));
        Row("Reopened", total.Count(Figure.Reopened), In(Figure.Reopened));
        Row("Open at the end", total.Count(Figure.OpenAtEnd),
            $"{CountText.Format(total.Count(Figure.Waiting))} without a first response");
        Row("Messages in", total.Count(Figure.CustomerMessages), "from customers");
        Row("Messages out", total.Count(Figure.AgentMessages), "from agents");
        Row("First responses", total.FirstResponse.Count, Lengths(total.FirstResponse));
        Row("Times to close", total.TimeToClose.Count, Lengths(total.TimeToClose));
        return grid;

        void Row(string name, int number, string more) => grid.AddRow(
            new Text(name), new Text(CountText.Format(number), new Style(decoration: Decoration.Bold)), new Text(more));

        string In(Figure figure) => $"in {CountText.Format(total.Conversations(figure), "conversation")}";
    }

    private static Table Groups(Report report, Names names, int width, char bar)
    {
        var (by, groups) = (report.Request.By, report.Groups);
        var ofAgents = by is GroupBy.Agent;
        var (first, second) = ofAgents ? (Figure.AgentMessages, Figure.Closed) : (Figure.Opened, Figure.Closed);
        string[] labels = [by.ToString().ToLowerInvariant(), .. groups.Select(group => Label(group, by, names))];
        string[][] numbers =
        [
            .. ofAgents ? [] : (string[][])
            [
                ["in", .. groups.Select(group => CountText.Format(group.Figures.Count(Figure.CustomerMessages)))],
                ["out", .. groups.Select(group => CountText.Format(group.Figures.Count(Figure.AgentMessages)))],
            ],
            ["response", .. groups.Select(group => Short(group.Figures.FirstResponse.Median))],
            ["p90", .. groups.Select(group => Short(group.Figures.FirstResponse.P90))],
            ["to close", .. groups.Select(group => Short(group.Figures.TimeToClose.Median))],
        ];
        // Two spaces follow each column, and one space precedes the first.
        var texts = ((string[][])[labels, .. numbers]).Sum(column => column.Max(cell => new Segment(cell).CellCount() + 2));
        var length = Math.Min(MaxBarLength, (width - 1 - texts) / 2 - 2);
        var firstBar = new Bar(length, groups.Max(group => group.Figures.Count(first)), bar, Color.Blue);
        var secondBar = new Bar(length, groups.Max(group => group.Figures.Count(second)), bar, Color.Green);

        var table = new Table().Border(TableBorder.Simple);
        foreach (var name in (string[])[labels[0], ofAgents ? "messages" : "opened", "closed"])
        {
            table.AddColumn(new TableColumn(name).NoWrap().Padding(0, 0, 1, 0));
        }

        foreach (var column in numbers) table.AddColumn(new TableColumn(column[0]).RightAligned().NoWrap().Padding(0, 0, 1, 0));
        foreach (var (index, group) in groups.Index())
        {
            table.AddRow([
                new Text(labels[index + 1]),
                firstBar.Draw(group.Figures.Count(first)), secondBar.Draw(group.Figures.Count(second)),
                .. numbers.Select(column => new Text(column[index + 1])),
            ]);
        }

        return table;
    }

    private static void WriteNotes(IAnsiConsole console, Report report)
    {
        CountedNote[] counted = [.. ReportNotes.Counted(report)];
        if (counted.Length > 0)
        {
            var grid = new Grid { Width = WidthOf(console) }.AddColumn(new GridColumn().RightAligned().NoWrap()).AddColumn();
            foreach (var note in counted) grid.AddRow(new Text(CountText.Format(note.Count)), new Text(note.Text));
            console.WriteLine("Not in the figures, or not known:");
            console.Write(grid);
        }

        foreach (var sentence in ReportNotes.Sentences(report)) console.WriteLine(sentence);
    }

    private static int WidthOf(IAnsiConsole console) => Math.Min(console.Profile.Width, TextWidth);

    private static string Label(ReportGroup group, GroupBy by, Names names) => group.Key switch
    {
        { } key when by is GroupBy.Agent && names.OfAssignee(key) is { } name =>
            DisplayText.Short(DisplayText.Clean(name), AgentLength),
        { } key => DisplayText.Clean(DisplayText.Short(key, by is GroupBy.Channel ? ChannelLength : AgentLength)),
        null when by is GroupBy.Agent => "automatic",
        null => None,
    };

    private static string Lengths(Percentiles lengths) =>
        lengths.Count == 0 ? "" : $"median {Length(lengths.Median)}, p90 {Length(lengths.P90)}";

    private static string Length(TimeSpan? length) =>
        length is { } known ? DurationText.Format(known).Replace('\u00A0', ' ') : None;

    // Short enough for a column, like 4h 12m.
    private static string Short(TimeSpan? length) => Length(length).Replace(" min", "m", StringComparison.Ordinal)
        .Replace(" h", "h", StringComparison.Ordinal).Replace(" d", "d", StringComparison.Ordinal)
        .Replace(" s", "s", StringComparison.Ordinal);

    private static string Moment(DateTimeOffset time, ReportRequest request) => Instant.FromDateTimeOffset(time)
        .InZone(request.Zone).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
