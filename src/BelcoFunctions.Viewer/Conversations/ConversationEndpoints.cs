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
        routes.MapGet(ListAddress.ExportPath, ExportAsync);
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

        var counts = await archive.CountEachAsync(shops.Shops, http.RequestAborted);
        return new RazorComponentResult<ShopsPage>(new { Shops = shops, Counts = counts });
    }

    private static async Task<IResult> ConversationsAsync(HttpContext http, ArchiveReader archive)
    {
        if (ListAddress.Read(http.Request.Query) is not { } address) return ErrorPages.AddressNotUnderstood();
        if (address.Error is not null)
        {
            return new RazorComponentResult<ConversationsPage>(
                new { Address = address, List = ConversationList.Empty, Names = Names.None })
            { StatusCode = StatusCodes.Status400BadRequest };
        }

        var filter = await archive.ResolveAsync(address, http.RequestAborted);
        var counting = archive.CountAsync(address.ShopId, filter, http.RequestAborted);
        var listing = archive.ListConversationsAsync(address.ShopId, filter, address.After, http.RequestAborted);
        await Task.WhenAll(counting, listing);
        if (await listing is not { } list) return ErrorPages.AddressNotUnderstood();
        var names = await archive.ReadNamesAsync(address.ShopId, list, part: null, http.RequestAborted);
        return new RazorComponentResult<ConversationsPage>(
            new { Address = address, List = list, Names = names, Count = await counting });
    }

    /// <summary>The whole list in a file. If the store fails midway, the connection breaks off: so the browser does not take a
    /// part for the whole.</summary>
    private static async Task<IResult> ExportAsync(HttpContext http, IConversationExport export)
    {
        var name = RequestFields.Given(http.Request.Query, ListAddress.Format);
        if (ListAddress.Read(http.Request.Query) is not { Error: null } address
            || export.Formats.FirstOrDefault(each => each.Name == name) is not { } format)
        {
            return ErrorPages.AddressNotUnderstood();
        }

        http.Response.ContentType = format.ContentType;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{format.FileName}\"";
        var isWritten = false;
        try
        {
            isWritten = await export.WriteAsync(
                address.ShopId, address.Filter, format, http.Response.Body, http.RequestAborted);
        }
        finally
        {
            // An error is a page, not a file.
            if (!isWritten && !http.Response.HasStarted) http.Response.Headers.ContentDisposition = default;
        }

        return isWritten ? TypedResults.Empty
            : ErrorPages.NotFound("Shop not found", "The archive has no row of this shop.");
    }

    /// <summary>A conversation, beside the list that it was chosen from.</summary>
    private static async Task<IResult> ConversationAsync(HttpContext http, ArchiveReader archive)
    {
        var query = http.Request.Query;
        if (ListAddress.Read(query) is not { Error: null } address
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

    private static async Task<ConversationList?> ListAsync(HttpContext http, ArchiveReader archive, ListAddress address) =>
        await archive.ListConversationsAsync(address.ShopId, await archive.ResolveAsync(address, http.RequestAborted),
            address.After, http.RequestAborted);
}
