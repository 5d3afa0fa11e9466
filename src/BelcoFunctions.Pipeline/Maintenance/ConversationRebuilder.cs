using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>Folds conversations again from their timeline rows, while events arrive.</summary>
public sealed class ConversationRebuilder(ConversationTable conversations, PayloadReader payloads, TimeProvider time)
{
    private const int MaxConflicts = 5;

    /// <summary>Lists conversations.</summary>
    /// <param name="shopId">Only this shop's; null for all, which reads the whole table.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <exception cref="StoreUnavailableException"/>
    public IAsyncEnumerable<(string ShopId, string ConversationId)> ListAsync(
        string? shopId, CancellationToken cancellationToken) =>
        conversations.ListAsync(shopId, cancellationToken);

    /// <summary>Replaces a conversation's row with the fold of its timeline if they differ.</summary>
    /// <param name="dryRun">True to write nothing and only find out what would change.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    public Task<RebuildOutcome> RebuildAsync(
        string shopId, string conversationId, bool dryRun, CancellationToken cancellationToken) =>
        StoreError.Guard(async () =>
        {
            var rebuild = new RebuildWrite(shopId, conversationId, conversations, payloads);
            var writer = new ConversationWriter(conversations, time) { MaxConflicts = MaxConflicts, DryRun = dryRun };
            await writer.WriteAsync([rebuild], cancellationToken);
            return rebuild.Outcome!;
        }, cancellationToken);
}

/// <summary>The outcome of a rebuild.</summary>
public abstract record RebuildOutcome
{
    private RebuildOutcome() { }

    public sealed record Unchanged : RebuildOutcome;

    public sealed record Changed : RebuildOutcome;

    /// <param name="Reason">Half a sentence.</param>
    public sealed record Failed(string Reason) : RebuildOutcome;
}
