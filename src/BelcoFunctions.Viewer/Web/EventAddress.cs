using BelcoFunctions.Pipeline.Events;
using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Web;

/// <summary>The event that an address names.</summary>
internal static class EventAddress
{
    /// <summary>Null if the address lacks a part of the identity.</summary>
    public static EventIdentity? Read(IQueryCollection query)
    {
        var (shop, conversation) = (Given(ListAddress.Shop), Given(ListAddress.Conversation));
        var (request, item) = (Given(ListAddress.Request), Given(ListAddress.Item));
        if (shop is null || conversation is null || request is null || item is null) return null;
        return RequestFields.TimeOf(Given(ListAddress.At)) is { } at
            ? new EventIdentity(shop, conversation, at, request, item) : null;

        string? Given(string name) => RequestFields.Given(query, name);
    }
}
