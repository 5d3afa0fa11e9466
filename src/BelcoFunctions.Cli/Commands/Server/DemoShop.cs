using BelcoFunctions.Cli.Commands.Shared;
using BelcoFunctions.Cli.Commands.Webhooks;
using BelcoFunctions.Cli.Serve.Host;
using BelcoFunctions.Generator;

namespace BelcoFunctions.Cli.Commands.Server;

/// <summary>The invented shop of <c>belco demo --keep</c>. Its last conversations happened today.</summary>
internal static class DemoShop
{
    public const int Conversations = 200;

    private static readonly GeneratedShop Shop = new(GeneratedShop.DefaultSeed);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static string Id => Shop.Id;

    /// <summary>Posts the shop's webhooks, and returns when no event waits in a queue any more.</summary>
    /// <param name="http">A client with the base address of the host.</param>
    /// <param name="sender">Posts them.</param>
    /// <param name="cancellationToken">Stops the posts and the wait.</param>
    /// <exception cref="CommandException">The host does not accept them.</exception>
    public static async Task FillAsync(HttpClient http, WebhookSender sender, CancellationToken cancellationToken)
    {
        var deliveries = Shop.Deliveries(Conversations, DateTimeOffset.UtcNow).ToList();
        using var progress = new SlowProgress(
            count => $"Posted {CountText.Format(count)} of {CountText.Format(deliveries.Count, "webhook")} of an invented shop …",
            Console.Error, TimeProvider.System)
        {
            Share = count => (double)count / deliveries.Count,
        };
        await sender.SendAllAsync(new Uri(http.BaseAddress!, ServeRoutes.Webhook), deliveries, progress, cancellationToken);
        await DrainAsync(http, cancellationToken);
    }

    // There is no time limit: a slow machine needs more time, and the host's log shows its errors.
    private static async Task DrainAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var most = 1;
        using var progress = new SlowProgress(
            count => $"{CountText.Format(count, "event")} remaining …", Console.Error, TimeProvider.System)
        {
            Share = count => 1 - (double)count / most,
        };
        while ((await ServeStatus.FetchAsync(http, cancellationToken)).TotalDepth() is var depth and > 0)
        {
            most = Math.Max(most, depth);
            progress.Report(depth);
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
