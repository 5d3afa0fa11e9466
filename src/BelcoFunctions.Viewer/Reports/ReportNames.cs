using System.Globalization;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Definitions;
using BelcoFunctions.Reporting.Text;
using BelcoFunctions.Viewer.Shared.Text;
using NodaTime;
using NodaTime.Text;

namespace BelcoFunctions.Viewer.Reports;

/// <summary>The names of figures, groups and times on the pages of reports.</summary>
internal static class ReportNames
{
    public static string OfFigure(Figure figure) => figure switch
    {
        Figure.Opened => "Opened",
        Figure.Closed => "Closed",
        Figure.Reopened => "Reopened",
        Figure.OpenAtEnd => "Open at the end",
        Figure.Waiting => "Without a first response",
        Figure.CustomerMessages => "Messages in",
        Figure.AgentMessages => "Messages out",
        Figure.FirstResponse => "First responses",
        Figure.TimeToClose => "Times to close",
        Figure.AgentBegan => "Begun by an agent",
        Figure.FirstItemMissing => "First responses of unknown length",
        Figure.CloseWithoutOpening => "Closes of unknown length",
        Figure.CreationUnknown => "Beginning not known",
        Figure.ChangedWithoutEvent => "Changed without an event",
        Figure.StatusUnknown => "Status not known",
        Figure.StatusUncertain => "Status not certain",
        Figure.PartlyErased => "Partly erased",
        _ => throw new ArgumentOutOfRangeException(nameof(figure), figure, "Not a figure."),
    };

    public static string OfGroups(GroupBy by) => by.ToString();

    /// <summary>A group in full: one line, with every control character visible. An agent is shown by name if it is
    /// known.</summary>
    public static string OfGroup(string? key, GroupBy by, Names names) => key switch
    {
        _ when by is GroupBy.Agent && names.OfAssignee(key) is { } name => DisplayNames.OfPerson(name),
        null => by is GroupBy.Agent ? "Automatic" : "Unknown",
        _ when by is GroupBy.Day && LocalDatePattern.Iso.Parse(key) is { Success: true, Value: var day } =>
            day.ToString("ddd d MMM uuuu", CultureInfo.InvariantCulture),
        _ => VisibleText.OfLine(key),
    };

    public static string Length(TimeSpan? length) => length is { } known ? DurationText.Format(known) : "–";

    /// <summary>A moment in the report's time zone.</summary>
    public static string Moment(DateTimeOffset time, ReportRequest request) => Instant.FromDateTimeOffset(time)
        .InZone(request.Zone).ToString("ddd d MMM uuuu, HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Whether to use a date field, which takes only dates. Any other text gets a text field, and stays
    /// unchanged.</summary>
    public static bool IsDate(string? text) => text is null
        || DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
