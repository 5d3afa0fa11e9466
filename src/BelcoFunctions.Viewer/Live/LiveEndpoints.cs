using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Viewer.Shared;
using BelcoFunctions.Viewer.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BelcoFunctions.Viewer.Live;

/// <summary>The pages of Live, in a host that has an <see cref="ILiveActivity"/>.</summary>
public static class LiveEndpoints
{
    internal const string Path = "/live";
    internal const string ChartsPath = "/live/charts";
    internal const string StreamPath = "/live/stream";

    /// <summary>Adds the entry in the navigation, and gives reports access to the queues. The host must add an
    /// <see cref="ILiveActivity"/>.</summary>
    public static IServiceCollection AddLive(this IServiceCollection services) => services
        .AddSingleton<IQueueStates>(provider => provider.GetRequiredService<ILiveActivity>())
        .AddSingleton(new ViewerSection(Path, "Live"));

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
