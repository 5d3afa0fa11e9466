using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Maintenance;

/// <summary>Replaces one conversation's row with the fold of its timeline. The row is read before the timeline: if an event
/// arrives in between, it changes the row's ETag, and the replacement fails and starts again.</summary>
internal sealed class ConversationRebuild(
    string shopId, string conversationId, ConversationTable conversations, PayloadReader payloads)
    : ConversationWrite(shopId, conversationId)
{
    /// <summary>The outcome; null until it is known.</summary>
    public RebuildOutcome? Outcome { get; private set; }

    public override bool IsDone => Outcome is not null;

    public override async ValueTask<ConversationChange?> NextAsync(
        StoredConversation? stored, CancellationToken cancellationToken)
    {
        if (stored is null) return Done(new RebuildOutcome.Failed("its row is gone"));
        var (state, failure) = await FoldAsync(cancellationToken);
        if (failure is not null) return Done(new RebuildOutcome.Failed(failure));
        if (await conversations.MatchesAsync(state, cancellationToken)) return Done(new RebuildOutcome.Unchanged());
        return new ConversationChange(stored, state, []);
    }

    public override void Committed() => Outcome = new RebuildOutcome.Changed();

    public override void GiveUp() => Outcome = new RebuildOutcome.Failed("others kept writing it");

    private ConversationChange? Done(RebuildOutcome outcome)
    {
        Outcome = outcome;
        return null;
    }

    private async Task<(ConversationState State, string? Failure)> FoldAsync(CancellationToken cancellationToken)
    {
        var state = new ConversationState(ShopId, ConversationId);
        await foreach (var row in conversations.ReadTimelineAsync(ShopId, ConversationId, cancellationToken))
        {
            if (await payloads.ReadAsync(row.RawBlob, row.Raw, cancellationToken) is not { } body)
            {
                return (state, $"the blob {row.RawBlob} is missing");
            }

            if (EventReader.Read(body) is not EventReading<BelcoEvent>.Projectable projectable)
            {
                return (state, $"the event {row.RowKey} cannot be read");
            }

            state = state.Apply(projectable.Event);
        }

        return (state, state.Events == 0 ? "it has no timeline" : null);
    }
}
