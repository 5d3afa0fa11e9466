using System.Collections.Concurrent;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Viewer.Live;

/// <summary>Looks up which conversations were erased after their webhooks arrived. Another process may have erased them, so
/// the host must look.</summary>
internal static class ErasedWebhooks
{
    private const int Reads = 16;

    // The page must appear even while the store does not answer.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>Returns the webhooks, and marks those of erased conversations. If the store is too slow, only some are
    /// marked.</summary>
    public static async Task<IReadOnlyList<LiveWebhook>> MarkAsync(
        IReadOnlyList<LiveWebhook> webhooks, ConversationQueries conversations, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<(string ShopId, string Id), bool> erased = [];
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(Limit);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Reads, CancellationToken = ending.Token };
        try
        {
            // Check the newest first, because they are at the top of the page.
            await Parallel.ForEachAsync(
                webhooks.Reverse().Select(webhook => webhook.ShownConversation).OfType<(string ShopId, string Id)>().Distinct(),
                options, async (shown, token) =>
                {
                    try
                    {
                        if (await conversations.GetConversationAsync(shown.ShopId, shown.Id, token) is null) erased[shown] = true;
                    }
                    catch (Exception exception) when (exception is DamagedRowException or AnotherVersionException)
                    {
                        // The conversation exists.
                    }
                });
        }
        catch (StoreUnavailableException)
        {
            // Too slow: an unmarked link leads to a page that says that the conversation does not exist.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
        }

        return erased.IsEmpty ? webhooks : [.. webhooks.Select(webhook =>
            webhook.ShownConversation is { } shown && erased.ContainsKey(shown)
                ? webhook with { Projection = webhook.Projection! with { Outcome = ProjectionOutcome.Erased } } : webhook)];
    }
}
