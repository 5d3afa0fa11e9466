using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Viewer.Shared;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>The addresses of an event. They have all parts of its identity.</summary>
internal static class EventAddress
{
    public const string PagePath = "/event";
    public const string RawPath = "/event/raw";

    private const string At = "at";
    private const string Item = "item";
    private const string Kind = "kind";

    /// <summary>The page of an event.</summary>
    /// <param name="place">The list that its conversation was chosen from.</param>
    /// <param name="e">The event.</param>
    /// <param name="page">The page of the timeline that has it; null for the first.</param>
    public static string Page(ListAddress place, ItemIdentity e, string? page) => PagePath + place.Place(
        (ListAddress.Conversation, e.ConversationId), (ListAddress.Page, page),
        (At, EventTime.ToText(e.CreatedAt)), (Item, e.ItemId), (Kind, e.Kind));

    /// <summary>The bytes of an event.</summary>
    public static string Raw(ItemIdentity e) => RawPath + RequestFields.Query(
        (ListAddress.Shop, e.ShopId), (ListAddress.Conversation, e.ConversationId), (At, EventTime.ToText(e.CreatedAt)),
        (Item, e.ItemId), (Kind, e.Kind));

    /// <summary>Null if the address lacks a part of the identity.</summary>
    public static ItemIdentity? Read(IQueryCollection query)
    {
        var (shop, conversation) = (Given(ListAddress.Shop), Given(ListAddress.Conversation));
        var (item, kind) = (Given(Item), Given(Kind));
        if (shop is null || conversation is null || item is null || kind is null) return null;
        return RequestFields.TimeOf(Given(At)) is { } at
            ? new ItemIdentity(shop, conversation, at, item, kind) : null;

        string? Given(string name) => RequestFields.Given(query, name);
    }
}
