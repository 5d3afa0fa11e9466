using BelcoFunctions.Pipeline.Queries.Search;
using BelcoFunctions.Pipeline.Tables;
using BelcoFunctions.Viewer.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BelcoFunctions.Viewer.Search;

/// <summary>A page that grows while the search runs: the browser gets the frame at once, and each conversation when it is found.
/// This needs no script, because a browser shows what it has of a page.</summary>
internal sealed class SearchStream(SearchAddress address, SearchRequest request, ConversationSearch search) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var renderer = new HtmlRenderer(
            httpContext.RequestServices, httpContext.RequestServices.GetRequiredService<ILoggerFactory>());
        var frame = await RenderAsync<SearchFrame>(renderer, new() { ["Http"] = httpContext, ["Address"] = address });
        var places = frame.Split(SearchPage.Place);
        var response = httpContext.Response;
        response.ContentType = "text/html; charset=utf-8";
        await WriteAsync(places[0]);
        var end = await SearchAsync(async found => await WriteAsync(
            await RenderAsync<SearchMatch>(renderer, new() { ["Found"] = found })), httpContext.RequestAborted);
        await WriteAsync(places[1] + await RenderAsync<SearchSummary>(renderer, end) + places[2]);

        async Task WriteAsync(string html)
        {
            await response.WriteAsync(html, CancellationToken.None);
            await response.Body.FlushAsync(CancellationToken.None);
        }
    }

    /// <summary>Searches, and returns the parameters of the summary. The page has begun, so an error must be a part of
    /// it.</summary>
    private async Task<Dictionary<string, object?>> SearchAsync(
        Func<FoundConversation, Task> show, CancellationToken cancellationToken)
    {
        var (found, end, error) = (0, (SearchProgress.Ended?)null, (string?)null);
        try
        {
            await foreach (var progress in search.SearchAsync(request, searched: null, cancellationToken))
            {
                if (progress is SearchProgress.Ended ended) end = ended;
                if (progress is not SearchProgress.Found { Conversation: var conversation }) continue;
                found++;
                await show(conversation);
            }
        }
        catch (Exception exception) when (exception is StoreUnavailableException or DamagedRowException)
        {
            error = exception.Message;
        }
        catch (OperationCanceledException)
        {
            error = StoreWait.NoAnswer().Message;
        }

        return new() { ["Address"] = address, ["Found"] = found, ["End"] = end, ["Error"] = error };
    }

    private static Task<string> RenderAsync<T>(HtmlRenderer renderer, Dictionary<string, object?> parameters)
        where T : IComponent => renderer.Dispatcher.InvokeAsync(async () =>
        (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString());
}
