using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Viewer.Shared;
using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>The pages of shops, conversations and their events.</summary>
internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", ShopsAsync);
        routes.MapGet(ListAddress.ListPath, ConversationsAsync);
        routes.MapGet(ListAddress.ConversationPath, ConversationAsync);
        routes.MapGet(TranscriptAddress.Path, TranscriptAsync);
        routes.MapGet(EventAddress.PagePath, EventAsync);
        routes.MapGet(EventAddress.RawPath, RawEventAsync);
    }

    /// <summary>The page with the list of shops. If there is only one shop, it leads to that shop's conversations.</summary>
    private static async Task<IResult> ShopsAsync(HttpContext http, ArchiveReader archive)
    {
        var after = RequestFields.Given(http.Request.Query, ListAddress.AfterName);
        var shops = await archive.ListShopsAsync(after, http.RequestAborted);
        if (after is null && shops is { Shops: [var only], HasMore: false })
        {
            return TypedResults.LocalRedirect(new ListAddress(only, new ConversationFilter(), After: null).List);
        }

        return new RazorComponentResult<ShopsPage>(new { Shops = shops });
    }

    private static async Task<IResult> ConversationsAsync(HttpContext http, ArchiveReader archive)
    {
        if (ListAddress.Read(http.Request.Query) is not { } address) return ErrorPages.AddressNotUnderstood();
        if (await ListAsync(http, archive, address) is not { } list) return ErrorPages.AddressNotUnderstood();
        var names = await archive.ReadNamesAsync(address.ShopId, list, part: null, http.RequestAborted);
        return new RazorComponentResult<ConversationsPage>(new { Address = address, List = list, Names = names });
    }

    /// <summary>A conversation, beside the list that it was chosen from.</summary>
    private static async Task<IResult> ConversationAsync(HttpContext http, ArchiveReader archive)
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
        if (await reading is not { } part) return ConversationErrors.ConversationNotFound();
        if (await listing is not { } list) return ErrorPages.AddressNotUnderstood();
        var names = await archive.ReadNamesAsync(address.ShopId, list, part, http.RequestAborted);
        return new RazorComponentResult<ConversationPage>(
            new { Address = address, List = list, Part = part, Names = names, PageToken = token });
    }

    private static async Task<IResult> TranscriptAsync(HttpContext http, TranscriptReader reader)
    {
        if (TranscriptAddress.Read(http.Request.Query) is not { } address) return ErrorPages.AddressNotUnderstood();
        return await reader.ReadAsync(address, ReaderZone.Read(http.Request), http.RequestAborted) is { } transcript
            ? new TranscriptDownload(transcript, address.Format) : ConversationErrors.ConversationNotFound();
    }

    private static async Task<IResult> EventAsync(HttpContext http, ArchiveReader archive)
    {
        var query = http.Request.Query;
        if (EventAddress.Read(query) is not { } e || ListAddress.Read(query) is not { } address)
        {
            return ErrorPages.AddressNotUnderstood();
        }

        return await archive.ReadEventAsync(e, http.RequestAborted) switch
        {
            RawEventResult.NotFound => ConversationErrors.EventNotFound(),
            var result => new RazorComponentResult<EventPage>(new
            {
                Address = address,
                Event = e,
                Result = result,
                PageToken = RequestFields.Given(query, ListAddress.Page),
            }),
        };
    }

    private static async Task<IResult> RawEventAsync(HttpContext http, ArchiveReader archive)
    {
        if (EventAddress.Read(http.Request.Query) is not { } e) return ErrorPages.AddressNotUnderstood();
        return RawDownload.From(await archive.ReadEventAsync(e, http.RequestAborted), ConversationErrors.EventNotFound());
    }

    private static Task<ConversationList?> ListAsync(HttpContext http, ArchiveReader archive, ListAddress address) =>
        archive.ListConversationsAsync(address.ShopId, address.Filter, address.After, http.RequestAborted);
}
