using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Folds conversations again from their timeline rows, while events arrive.</summary>
public sealed class ConversationRebuilder(ConversationTable conversations, PayloadReader payloads)
{
    private const int MaxTries = 5;

    /// <summary>The conversations that there are.</summary>
    /// <param name="shopId">Only this shop's; null for all, which reads the whole table.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <exception cref="StoreUnavailableException"/>
    public IAsyncEnumerable<(string ShopId, string ConversationId)> ListAsync(
        string? shopId, CancellationToken cancellationToken) =>
        conversations.ListAsync(shopId, cancellationToken);

    /// <summary>Replaces a conversation's row by the fold of its timeline, unless they agree.</summary>
    /// <param name="shopId">The shop.</param>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="dryRun">Only say what would be done.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public Task<RebuildOutcome> RebuildAsync(string shopId, string conversationId, bool dryRun, CancellationToken cancellationToken) =>
        StoreError.Guard(() => TryRebuildAsync(shopId, conversationId, dryRun, cancellationToken), cancellationToken);

    private async Task<RebuildOutcome> TryRebuildAsync(
        string shopId, string conversationId, bool dryRun, CancellationToken cancellationToken)
    {
        var recentRowIsMissing = false;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            // The row before the timeline: an event that arrives in between changes the ETag, and the replacement fails.
            if (await conversations.ReadAsync(shopId, conversationId, cancellationToken) is not { } stored)
            {
                return new RebuildOutcome.Failed("its row is gone");
            }

            var (state, failure) = await FoldAsync(shopId, conversationId, cancellationToken);
            if (failure is not null) return new RebuildOutcome.Failed(failure);
            if (await conversations.HoldsAsync(state, cancellationToken)) return new RebuildOutcome.Unchanged();

            if (dryRun)
            {
                if ((await conversations.ReadAsync(shopId, conversationId, cancellationToken))?.ETag == stored.ETag) return new RebuildOutcome.Changed();
                continue;
            }

            var change = new ConversationChange(stored, state, [], recentRowIsMissing);
            var outcome = await conversations.CommitAsync([change], cancellationToken);
            if (outcome is CommitOutcome.Committed) return new RebuildOutcome.Changed();
            recentRowIsMissing = outcome is CommitOutcome.RecentRowMissing;
        }

        return new RebuildOutcome.Failed("others kept writing it");
    }

    private async Task<(ConversationState State, string? Failure)> FoldAsync(
        string shopId, string conversationId, CancellationToken cancellationToken)
    {
        var state = new ConversationState(shopId, conversationId);
        await foreach (var row in conversations.ReadTimelineAsync(shopId, conversationId, cancellationToken))
        {
            if (await payloads.ReadAsync(row.RawBlob, row.Raw, cancellationToken) is not { } body) return (state, $"the blob {row.RawBlob} is missing");
            if (EventReader.Read(body) is not EventReading.Projectable projectable) return (state, $"the event {row.RowKey} cannot be read");
            state = state.Apply(projectable.ToEvent());
        }

        return (state, state.Events == 0 ? "it has no timeline" : null);
    }
}

/// <summary>What became of a conversation that was to be folded again.</summary>
public abstract record RebuildOutcome
{
    private RebuildOutcome() { }

    public sealed record Unchanged : RebuildOutcome;

    public sealed record Changed : RebuildOutcome;

    /// <param name="Reason">Half a sentence.</param>
    public sealed record Failed(string Reason) : RebuildOutcome;
}
