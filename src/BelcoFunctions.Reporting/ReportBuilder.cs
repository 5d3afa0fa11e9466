using System.Globalization;
using BelcoFunctions.Reporting.Definitions;

namespace BelcoFunctions.Reporting;

/// <summary>Counts one conversation after the other. It keeps only the groups and the lengths in memory.</summary>
public sealed class ReportBuilder(ReportRequest request)
{
    private readonly FigureSet total = new();
    private readonly Dictionary<string, FigureSet> groups = new(StringComparer.Ordinal);
    private FigureSet? groupWithoutKey;

    public void Add(ConversationRecord history)
    {
        Occurrence[] occurrences = [.. Occurrences.From(history, request)];
        total.Add(occurrences);
        foreach (var group in occurrences.Where(occurrence => request.By.Divides(occurrence.Figure))
            .GroupBy(occurrence => GroupKeys.From(occurrence, history.Conversation.Channel, request)))
        {
            FiguresOf(group.Key).Add(group);
        }
    }

    public Report Build(ReportCoverage coverage) => new(request, total, [.. Groups()], coverage);

    // Every day has a row, even one on which nothing happened.
    private IEnumerable<ReportGroup> Groups() => request.By is GroupBy.Day
        ? request.Days().Select(day => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture))
            .Select(key => new ReportGroup(key, groups.GetValueOrDefault(key) ?? new()))
        : groups.Select(group => new ReportGroup(group.Key, group.Value))
            .Concat(groupWithoutKey is { } rest ? [new ReportGroup(null, rest)] : [])
            .OrderByDescending(group => group.Figures.Count(Figure.AgentMessages))
            .ThenByDescending(group => group.Figures.Count(Figure.Opened))
            .ThenByDescending(group => group.Figures.Count(Figure.Closed))
            .ThenBy(group => group.Key is null).ThenBy(group => group.Key, StringComparer.Ordinal);

    private FigureSet FiguresOf(string? key)
    {
        if (key is null) return groupWithoutKey ??= new();
        if (!groups.TryGetValue(key, out var figures)) groups.Add(key, figures = new());
        return figures;
    }
}
