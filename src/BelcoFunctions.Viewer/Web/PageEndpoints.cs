using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Archive;
using BelcoFunctions.Viewer.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BelcoFunctions.Viewer.Web;

/// <summary>Reads what a page shows, and has it rendered.</summary>
internal static class PageEndpoints
{
    /// <summary>The shops to choose from. With only one shop there is nothing to choose.</summary>
    public static async Task<IResult> ShopsAsync(HttpContext http, ArchiveReader archive)
    {
        var after = RequestFields.Given(http.Request.Query, ListAddress.AfterName);
        var shops = await archive.ListShopsAsync(after, http.RequestAborted);
        if (after is null && shops is { Shops: [var only], HasMore: false })
        {
            return TypedResults.LocalRedirect(new ListAddress(only, new ConversationFilter(), After: null).List);
        }

        return new RazorComponentResult<ShopsPage>(new { Shops = shops });
    }

    public static async Task<IResult> ConversationsAsync(HttpContext http, ArchiveReader archive)
    {
        if (ListAddress.Read(http.Request.Query) is not { } address) return ErrorPages.AddressNotUnderstood();
        return await ListAsync(http, archive, address) is { } list
            ? new RazorComponentResult<ConversationsPage>(new { Address = address, List = list })
            : ErrorPages.AddressNotUnderstood();
    }

    /// <summary>A conversation, beside the list that it was chosen from.</summary>
    public static async Task<IResult> ConversationAsync(HttpContext http, ArchiveReader archive)
    {
        var query = http.Request.Query;
        if (ListAddress.Read(query) is not { } address
            || RequestFields.Given(query, ListAddress.Conversation) is not { } conversationId)
        {
            return ErrorPages.AddressNotUnderstood();
        }

        var token = RequestFields.Given(query, ListAddress.Page);
        var reading = archive.ReadConversationAsync(address.ShopId, conversationId, token, http.RequestAborted);
        var listing = ListAsync(http, archive, address);
        await Task.WhenAll(reading, listing);
        if (await reading is not { } part) return ErrorPages.ConversationNotFound();
        return await listing is not { } list ? ErrorPages.AddressNotUnderstood() : new RazorComponentResult<ConversationPage>(
            new { Address = address, List = list, Part = part, PageToken = token });
    }

    public static async Task<IResult> EventAsync(HttpContext http, ArchiveReader archive)
    {
        var query = http.Request.Query;
        if (EventAddress.Read(query) is not { } e || ListAddress.Read(query) is not { } address)
        {
            return ErrorPages.AddressNotUnderstood();
        }

        return await archive.ReadEventAsync(e, http.RequestAborted) switch
        {
            RawEventResult.NotFound => ErrorPages.EventNotFound(),
            var result => new RazorComponentResult<EventPage>(new
            {
                Address = address,
                Event = e,
                Result = result,
                PageToken = RequestFields.Given(query, ListAddress.Page),
            }),
        };
    }

    public static async Task<IResult> RawEventAsync(HttpContext http, ArchiveReader archive)
    {
        if (EventAddress.Read(http.Request.Query) is not { } e) return ErrorPages.AddressNotUnderstood();
        return RawDownload.Of(await archive.ReadEventAsync(e, http.RequestAborted), ErrorPages.EventNotFound());
    }

    private static Task<ConversationList?> ListAsync(HttpContext http, ArchiveReader archive, ListAddress address) =>
        archive.ListConversationsAsync(address.ShopId, address.Filter, address.After, http.RequestAborted);
}
