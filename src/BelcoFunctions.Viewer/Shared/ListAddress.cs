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
    public const string ConversationPath = "/conversation";
    public const string ReportPath = "/report";
    public const string CompletenessPath = "/completeness";

    // The same names as in forms and in the API.
    public const string Shop = "shop";
    public const string Status = "status";
    public const string AssignedTo = "assignedTo";
    public const string CustomerId = "customerId";
    public const string Channel = "channel";
    public const string AfterName = "after";
    public const string Conversation = "conversation";
    public const string Page = "page";

    /// <summary>Null if the address does not name a shop.</summary>
    public static ListAddress? Read(IQueryCollection query) => RequestFields.Given(query, Shop) is not { } shop ? null : new(
        shop,
        new ConversationFilter(
            RequestFields.Given(query, Status), RequestFields.Given(query, AssignedTo),
            RequestFields.Given(query, CustomerId), RequestFields.Given(query, Channel)),
        RequestFields.Given(query, AfterName));

    public string List => ListPath + Place();

    public string Newest => (this with { After = null }).List;

    public string Next(string token) => (this with { After = token }).List;

    /// <summary>The first page of the same shop under another filter.</summary>
    public string Filtered(ConversationFilter filter) => (this with { Filter = filter, After = null }).List;

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
        (Channel, Filter.Channel), (AfterName, After), .. more,
    ]);
}
