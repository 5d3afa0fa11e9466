using BelcoFunctions.Pipeline.Queries;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Shared;

/// <summary>A place in a shop's list of conversations. The address of every page below the list contains the place, so that
/// the link back leads there. Ids are in the query, because a path cannot have the ids <c>.</c> and <c>..</c>.</summary>
/// <param name="ShopId">The shop.</param>
/// <param name="Filter">Which conversations are listed.</param>
/// <param name="After">The token of the page; null for the first.</param>
public sealed record ListAddress(string ShopId, ConversationFilter Filter, string? After)
{
    public const string ListPath = "/conversations";
    public const string ExportPath = ListPath + "/export";
    public const string ConversationPath = "/conversation";
    public const string ReportPath = "/report";
    public const string CompletenessPath = "/completeness";

    // The same names as in forms and in the API.
    public const string Shop = "shop";
    public const string Status = "status";
    public const string AssignedTo = "assignedTo";
    public const string CustomerId = "customerId";
    public const string Channel = "channel";
    public const string Waiting = "waiting";
    public const string Since = "since";
    public const string Until = "until";
    public const string TimeZone = "timeZone";
    public const string AfterName = "after";
    public const string Conversation = "conversation";
    public const string Page = "page";
    public const string Format = "format";

    /// <summary>The value of <see cref="Waiting"/> for the list of conversations that wait for an answer.</summary>
    public const string IsWaiting = "true";

    /// <summary>The dates of the filter as they were typed.</summary>
    public ListDates Dates { get; init; } = ListDates.None;

    /// <summary>What is wrong with the dates; null if nothing is.</summary>
    public string? Error { get; init; }

    /// <summary>Null if the address does not name a shop.</summary>
    public static ListAddress? Read(IQueryCollection query)
    {
        if (Given(Shop) is not { } shop) return null;
        var dates = new ListDates(Given(Since), Given(Until), Given(TimeZone));
        if (dates.IsEmpty) dates = ListDates.None;
        var (since, until, error) = dates.Read();
        var filter = new ConversationFilter(Given(Status), Given(AssignedTo), Given(CustomerId), Given(Channel))
        {
            IsWaiting = Given(Waiting) is IsWaiting,
            Since = since,
            Until = until,
        };
        return new ListAddress(shop, filter, Given(AfterName)) { Dates = dates, Error = error };

        string? Given(string name) => RequestFields.Given(query, name);
    }

    public string List => ListPath + Place();

    public string Newest => (this with { After = null }).List;

    public string Next(string token) => (this with { After = token }).List;

    /// <summary>The first page of the same shop under another filter, which has no dates.</summary>
    public string Filtered(ConversationFilter filter) => new ListAddress(ShopId, filter, After: null).List;

    /// <summary>All conversations of the list in a file.</summary>
    public string Export(string format) => ExportPath + (this with { After = null }).Place((Format, format));

    /// <summary>The address of a shop's report with its default parameters.</summary>
    public static string Report(string shopId) => ReportPath + RequestFields.Query((Shop, shopId));

    /// <summary>The address of the page that says how complete the archive of a shop is.</summary>
    public static string Completeness(string shopId) => CompletenessPath + RequestFields.Query((Shop, shopId));

    public string OfConversation(string conversationId, string? page = null) =>
        ConversationPath + Place((Conversation, conversationId), (Page, page));

    /// <summary>The query with the place, followed by more fields.</summary>
    internal QueryString Place(params IEnumerable<(string Name, string? Value)> more) => RequestFields.Query(
    [
        (Shop, ShopId), (Status, Filter.Status), (AssignedTo, Filter.AssignedTo), (CustomerId, Filter.CustomerId),
        (Channel, Filter.Channel), (Waiting, Filter.IsWaiting ? IsWaiting : null),
        (Since, Dates.Since), (Until, Dates.Until), (TimeZone, Dates.TimeZone), (AfterName, After), .. more,
    ]);
}
