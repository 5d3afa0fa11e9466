using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting;
using BelcoFunctions.Reporting.Definitions;
using BelcoFunctions.Viewer.Shared;
using Microsoft.AspNetCore.Http;

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

    /// <summary>The conversations behind a number.</summary>
    /// <param name="request">The report. The address gets the exact range of the report, even if the user typed none, because
    /// "now" will be later when somebody follows the link.</param>
    /// <param name="behind">The number.</param>
    /// <param name="skip">How many conversations were on earlier pages.</param>
    public string Conversations(ReportRequest request, BehindNumber behind, int skip = 0)
    {
        var exact = new ReportAddress(Parameters with
        {
            Since = EventTime.ToText(request.Since),
            Until = EventTime.ToText(request.Until),
            By = request.By.ToString().ToLowerInvariant(),
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

    private static string? Given(IQueryCollection query, string name) => RequestFields.Given(query, name);

    private IEnumerable<(string Name, string? Value)> Names() =>
    [
        (ListAddress.Shop, Parameters.ShopId), (Since, Parameters.Since), (Until, Parameters.Until), (By, Parameters.By),
        (Hours, Parameters.Hours), (TimeZone, Parameters.TimeZone),
    ];
}
