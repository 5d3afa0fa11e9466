using BelcoFunctions.Pipeline.Conversations;
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

    /// <summary>Whether the archive was restored from a backup, so that its rows are not of one moment. Then a missing row is
    /// inserted. A conversation that was erased in part, and has no items, becomes a tombstone: its later items came after the
    /// backup had read its timeline. In any other archive, both mean that rows were lost.</summary>
    public bool IsRestored { get; init; }

    /// <summary>The outcome; null until it is known.</summary>
    public RebuildOutcome? Outcome { get; private set; }

    /// <summary>What is erased of the conversation; null if nothing is, or the row cannot be read.</summary>
    public Erasure? Erasure { get; private set; }

    /// <summary>The customers whom the remaining timeline and the API's word name, as far as they can be read.</summary>
    public IReadOnlySet<string> CustomerIds { get; private set; } = new HashSet<string>();

    /// <summary>Why the row could not be read or written; null if that is not the reason of a failure.</summary>
    public GiveUpReason? GivenUp { get; private set; }

    public override bool IsDone => Outcome is not null;

    public override bool FoldsAgain => true;

    public override async ValueTask<ConversationChange?> NextAsync(StoredConversation? stored,
        IReadOnlyDictionary<string, StoredCustomer> customers, CancellationToken cancellationToken)
    {
        if (stored is null && !IsRestored) return Done(new RebuildOutcome.Failed("its row is gone"));
        var folded = await timeline.FoldAsync(ShopId, ConversationId, stored?.Erasure, cancellationToken);
        (Erasure, CustomerIds) = (stored?.Erasure, folded.CustomerIds);
        var isGone = folded.State.LastItem is null;
        // A conversation that was erased completely is a tombstone, and stays one.
        var isTombstone = stored is { Erasure: not null, State.LastItem: null };
        var isErased = isTombstone || (Erasure is not null && IsRestored);
        if ((folded.Failure ?? (isGone && !isErased ? "it has no timeline" : null)) is { } failure)
        {
            return await FailAsync(failure, stored, cancellationToken);
        }

        var matches = isGone ? isTombstone : await conversations.MatchesAsync(folded.State, Erasure, cancellationToken);
        if (matches && !folded.IsReadingStale) return Done(new RebuildOutcome.Unchanged());
        var reading = folded.IsReadingStale ? ReadingRow.ToAction(ShopId, ConversationId, folded.Reading) : null;
        return new ConversationChange(stored, folded.State, [], erasure: null, reading);
    }

    private async Task<ConversationChange?> FailAsync(
        string failure, StoredConversation? stored, CancellationToken cancellationToken)
    {
        var now = await conversations.ReadAsync(ShopId, ConversationId, cancellationToken);
        return now?.ETag == stored?.ETag ? Done(new RebuildOutcome.Failed(failure)) : null;
    }

    public override void Committed() => Outcome = new RebuildOutcome.Changed();

    public override void GiveUp(GiveUpReason reason)
    {
        GivenUp = reason;
        Outcome = new RebuildOutcome.Failed(reason switch
        {
            GiveUpReason.AnotherVersion => "another version wrote it",
            GiveUpReason.DamagedRow =>
                "another program damaged its row: rebuild cannot tell where it is in the list, or what was erased",
            _ => "others kept writing it",
        });
    }

    private ConversationChange? Done(RebuildOutcome outcome)
    {
        Outcome = outcome;
        return null;
    }
}
