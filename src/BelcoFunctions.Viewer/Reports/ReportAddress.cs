using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Definitions;
using BelcoFunctions.Viewer.Shared;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace BelcoFunctions.Viewer.Reports;

/// <summary>The parameters of a report in an address, as they were typed.</summary>
public sealed record ReportAddress(ReportParameters Parameters)
{
    public const string ReportPath = ListAddress.ReportPath;
    public const string ConversationsPath = ReportPath + "/conversations";

    public const string Since = "since";
    public const string Until = "until";
    public const string By = "by";
    public const string Hours = "hours";
    public const string TimeZone = "timeZone";
    public const string FigureName = "figure";
    public const string Group = "group";
    public const string Skip = "skip";

    /// <summary>Null if the address does not name a shop.</summary>
    public static ReportAddress? Read(IQueryCollection query) => Given(query, ListAddress.Shop) is not { } shop ? null
        : new ReportAddress(new ReportParameters(shop)
        {
            Since = Given(query, Since),
            Until = Given(query, Until),
            By = Given(query, By),
            Hours = Given(query, Hours),
            TimeZone = Given(query, TimeZone),
        });

    /// <summary>The shop's list of conversations.</summary>
    public ListAddress Place => new(Parameters.ShopId, new ConversationFilter(), After: null);

    public string Report => ReportPath + RequestFields.Query([.. Names()]);

    /// <summary>What was counted, for the fields of a form. What the user typed stays as it was. A range that ends now ends with
    /// its last day, because the form is about days.</summary>
    public ReportParameters Counted(ReportRequest request) => Parameters with
    {
        Since = Parameters.Since ?? Date(request.DayOf(request.Since)),
        Until = Parameters.Until ?? Date(request.DayOf(request.Until.AddTicks(-1)).PlusDays(1)),
        TimeZone = Parameters.TimeZone ?? request.Zone.Id,
    };

    /// <summary>The conversations behind a number.</summary>
    /// <param name="request">The report. The address gets the exact range of the report, even if the user typed none, because
    /// "now" will be later when somebody follows the link.</param>
    /// <param name="behind">The number.</param>
    /// <param name="skip">How many conversations were on earlier pages.</param>
    public string Conversations(ReportRequest request, BehindNumber behind, int skip = 0)
    {
        var exact = new ReportAddress(Parameters with
        {
            Since = Exact(request.Since, request),
            Until = Exact(request.Until, request),
            By = request.By.ToString().ToLowerInvariant(),
            TimeZone = request.Zone.Id,
        });
        return ConversationsPath + RequestFields.Query([
            .. exact.Names(), (FigureName, NameOf(behind.Figure)), (Group, behind.HasGroup ? behind.Group ?? "" : null),
            (Skip, skip > 0 ? $"{skip}" : null),
        ]);
    }

    /// <summary>Returns null if the address names no figure, or a figure that this grouping does not have.</summary>
    public static BehindNumber? ReadBehind(IQueryCollection query, GroupBy by)
    {
        var name = Given(query, FigureName);
        var figure = Figures.All.Where(each => NameOf(each) == name).Cast<Figure?>().FirstOrDefault();
        if (figure is not { } known) return null;
        // A group may have an empty key, so test whether the parameter exists.
        if (!query.TryGetValue(Group, out var group)) return new BehindNumber(known);
        var key = group is [{ Length: > 0 } given, ..] ? given : null;
        return by.Divides(known) ? new BehindNumber(known, HasGroup: true, key) : null;
    }

    private static string NameOf(Figure figure) => char.ToLowerInvariant($"{figure}"[0]) + $"{figure}"[1..];

    // A date where possible: it is what people type, and what a field for dates shows.
    private static string Exact(DateTimeOffset time, ReportRequest request)
    {
        var day = request.DayOf(time);
        return ReportRequest.StartOfDay(day, request.Zone).ToDateTimeOffset() == time ? Date(day) : EventTime.ToText(time);
    }

    private static string Date(LocalDate day) => LocalDatePattern.Iso.Format(day);

    private static string? Given(IQueryCollection query, string name) => RequestFields.Given(query, name);

    private IEnumerable<(string Name, string? Value)> Names() =>
    [
        (ListAddress.Shop, Parameters.ShopId), (Since, Parameters.Since), (Until, Parameters.Until), (By, Parameters.By),
        (Hours, Parameters.Hours), (TimeZone, Parameters.TimeZone),
    ];
}
