using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BelcoFunctions.Viewer.Live;

/// <summary>The pages that show what happens now, in a host that has an <see cref="ILiveActivity"/>.</summary>
public static class LiveEndpoints
{
    internal const string Path = "/live";
    internal const string ChartsPath = "/live/charts";
    internal const string StreamPath = "/live/stream";

    /// <summary>Their entry in the navigation.</summary>
    public static ViewerSection Section { get; } = new(Path, "Live");

    /// <summary>Adds the pages.</summary>
    public static void MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, PageAsync);
        routes.MapGet(ChartsPath, (ILiveActivity activity) =>
            new RazorComponentResult<LiveChartsPage>(new { Minutes = activity.ReadLastHour() }));
        routes.MapGet(StreamPath, LiveStream.Get);
    }

    private static async Task<RazorComponentResult<LivePage>> PageAsync(
        ILiveActivity activity, ConversationQueries conversations, TimeProvider time, CancellationToken cancellationToken)
    {
        var changes = activity.ReadSince(cursor: null);
        return new(new
        {
            Changes = changes with
            {
                Webhooks = await ErasedWebhooks.MarkAsync(changes.Webhooks, conversations, cancellationToken),
            },
            Queues = activity.ReadQueues(),
            Now = time.GetUtcNow(),
        });
    }
}
