using System.Globalization;
using BelcoFunctions.Reporting.Definitions;

namespace BelcoFunctions.Reporting;

/// <summary>The figures of a shop in a range.</summary>
public sealed record Report(
    ReportRequest Request, FigureSet Total, IReadOnlyList<ReportGroup> Groups, ReportCoverage Coverage);

/// <summary>The figures of one day, channel or agent.</summary>
/// <param name="Key">A day like <c>2026-11-24</c>, Belco's word for a channel, or the id of an agent; null if there is
/// none.</param>
/// <param name="Figures">Its figures.</param>
public sealed record ReportGroup(string? Key, FigureSet Figures);

/// <summary>All figures of a group, or of the whole report.</summary>
public sealed class FigureSet
{
    private readonly int[] counts = new int[Figures.All.Count];
    private readonly int[] conversations = new int[Figures.All.Count];
    private readonly List<TimeSpan> firstResponses = [];
    private readonly List<TimeSpan> timesToClose = [];

    /// <summary>How often something happened.</summary>
    public int Count(Figure figure) => counts[(int)figure];

    /// <summary>In how many conversations it happened.</summary>
    public int Conversations(Figure figure) => conversations[(int)figure];

    public Percentiles FirstResponse => Percentiles.From(firstResponses);

    public Percentiles TimeToClose => Percentiles.From(timesToClose);

    /// <summary>Adds all that a conversation has.</summary>
    internal void Add(IEnumerable<Occurrence> ofOneConversation)
    {
        foreach (var sameFigure in ofOneConversation.GroupBy(occurrence => occurrence.Figure))
        {
            counts[(int)sameFigure.Key] += sameFigure.Count();
            conversations[(int)sameFigure.Key]++;
            if (sameFigure.Key is Figure.FirstResponse) firstResponses.AddRange(sameFigure.Select(response => response.Length));
            if (sameFigure.Key is Figure.TimeToClose) timesToClose.AddRange(sameFigure.Select(close => close.Length));
        }
    }
}

/// <summary>What the figures do not cover.</summary>
public sealed record ReportCoverage
{
    /// <summary>Conversations that were erased completely. No figure counts them.</summary>
    public int Erased { get; init; }

    /// <summary>The earliest moment that the archive has data for; null if the shop has no conversation.</summary>
    public DateTimeOffset? ArchiveBegins { get; init; }

    /// <summary>Events of all shops that wait in the queues of the host; null if the number is unknown.</summary>
    public int? Queued { get; init; }

    /// <summary>Events of all shops that could not be projected; null if the number is unknown.</summary>
    public int? DeadLetters { get; init; }
}

/// <summary>The keys of groups.</summary>
public static class GroupKeys
{
    /// <summary>The group of an occurrence; null is a group too.</summary>
    public static string? From(Occurrence occurrence, string? channel, ReportRequest request) => request.By switch
    {
        GroupBy.Day => request.DayOf(occurrence.At).ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
        GroupBy.Channel => NotEmpty(channel),
        _ => NotEmpty(occurrence.Agent),
    };

    // Belco may send an empty word, which is no name for a group. In a page's address, an empty word and null would look the
    // same.
    private static string? NotEmpty(string? key) => key is "" ? null : key;
}
