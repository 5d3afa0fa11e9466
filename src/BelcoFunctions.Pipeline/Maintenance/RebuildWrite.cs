using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>Replaces one conversation's row with the fold of its timeline. The row is read before the timeline: if an event
/// arrives in between, it changes the row's ETag, and the replacement fails and starts again. A timeline that cannot be folded
/// also starts again if the ETag has changed: somebody may be erasing it.</summary>
internal sealed class RebuildWrite(
    string shopId, string conversationId, ConversationTable conversations, PayloadReader payloads)
    : ConversationWrite(shopId, conversationId)
{
    private readonly TimelineFold timeline = new(conversations, payloads);

    /// <summary>The outcome; null until it is known.</summary>
    public RebuildOutcome? Outcome { get; private set; }

    public override bool IsDone => Outcome is not null;

    public override bool FoldsAgain => true;

    public override async ValueTask<ConversationChange?> NextAsync(StoredConversation? stored,
        IReadOnlyDictionary<string, StoredCustomer> customers, CancellationToken cancellationToken)
    {
        if (stored is null) return Done(new RebuildOutcome.Failed("its row is gone"));
        var folded = await timeline.FoldAsync(ShopId, ConversationId, stored.Erasure, cancellationToken);
        var (state, failure) = (folded.State, folded.Failure);
        // A conversation that was erased completely is a tombstone, and stays one.
        var isTombstone = stored is { Erasure: not null, State.LastItem: null };
        if (failure is null && state.Events == 0 && !isTombstone) failure = "it has no timeline";
        if (failure is not null) return await FailAsync(failure, stored, cancellationToken);
        if (state.Events == 0) return Done(new RebuildOutcome.Unchanged());
        return await conversations.MatchesAsync(state, stored.Erasure, cancellationToken)
            ? Done(new RebuildOutcome.Unchanged()) : new ConversationChange(stored, state, []);
    }

    private async Task<ConversationChange?> FailAsync(
        string failure, StoredConversation stored, CancellationToken cancellationToken)
    {
        var now = await conversations.ReadAsync(ShopId, ConversationId, cancellationToken);
        return now?.ETag == stored.ETag ? Done(new RebuildOutcome.Failed(failure)) : null;
    }

    public override void Committed() => Outcome = new RebuildOutcome.Changed();

    public override void GiveUp(GiveUpReason reason) => Outcome = new RebuildOutcome.Failed(reason switch
    {
        GiveUpReason.AnotherVersion => "another version wrote it",
        GiveUpReason.DamagedRow =>
            "another program damaged its row: rebuild cannot tell where it is in the list, or what was erased",
        _ => "others kept writing it",
    });

    private ConversationChange? Done(RebuildOutcome outcome)
    {
        Outcome = outcome;
        return null;
    }
}
