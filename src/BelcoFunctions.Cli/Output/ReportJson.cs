using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Definitions;

namespace BelcoFunctions.Cli.Output;

/// <summary>Writes a report as JSON, for programs.</summary>
internal static class ReportJson
{
    /// <param name="names">The names of agents.</param>
    public static JsonObject From(Report report, Names names)
    {
        var (request, coverage) = (report.Request, report.Coverage);
        return new JsonObject
        {
            ["shopId"] = request.ShopId,
            ["since"] = EventTime.ToText(request.Since),
            ["until"] = EventTime.ToText(request.Until),
            ["timeZone"] = request.Zone.Id,
            ["hours"] = request.Hours?.ToString(),
            ["total"] = FiguresOf(report.Total, _ => true),
            ["by"] = Name(request.By.ToString()),
            ["groups"] = new JsonArray([.. report.Groups.Select(group => GroupOf(group, request.By, names))]),
            ["unknown"] = new JsonObject([.. Figures.Unknown.Select(figure =>
                KeyValuePair.Create(Name(figure.ToString()), (JsonNode?)report.Total.Count(figure)))]),
            ["erasedConversations"] = coverage.Erased,
            ["archiveBegins"] = coverage.ArchiveBegins is { } begins ? EventTime.ToText(begins) : null,
            ["queuedEvents"] = coverage.Queued,
            ["deadLetters"] = coverage.DeadLetters,
            ["notes"] = new JsonArray([.. ReportNotes.Sentences(report).Select(sentence => JsonValue.Create(sentence))]),
        };
    }

    private static JsonObject GroupOf(ReportGroup group, GroupBy by, Names names)
    {
        var json = new JsonObject { ["key"] = group.Key };
        if (by is GroupBy.Agent) json["name"] = names.OfAssignee(group.Key);
        foreach (var (name, value) in FiguresOf(group.Figures, figure => by.Divides(figure))) json[name] = value?.DeepClone();
        return json;
    }

    private static JsonObject FiguresOf(FigureSet figures, Func<Figure, bool> isWanted)
    {
        var json = new JsonObject();
        foreach (var figure in Figures.All.Except(Figures.Unknown).Where(isWanted))
        {
            json[Name(figure.ToString())] = figure switch
            {
                Figure.FirstResponse => LengthsOf(figures.FirstResponse),
                Figure.TimeToClose => LengthsOf(figures.TimeToClose),
                _ => figures.Count(figure),
            };
            if (figure is Figure.Closed or Figure.Reopened)
            {
                json[$"{Name(figure.ToString())}Conversations"] = figures.Conversations(figure);
            }
        }

        return json;
    }

    private static JsonObject LengthsOf(Percentiles lengths) => new()
    {
        ["count"] = lengths.Count,
        ["medianSeconds"] = lengths.Median?.TotalSeconds,
        ["p90Seconds"] = lengths.P90?.TotalSeconds,
    };

    private static string Name(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);
}
