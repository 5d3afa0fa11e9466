using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>A conversation of a batch, with the events that are still to be written.</summary>
internal sealed class PendingConversation(string shopId, string conversationId, IEnumerable<PendingEvent> events)
{
    // The conversation row, the new row of the list and the removed one.
    private const int RowsBesideTimeline = 3;

    private List<PendingEvent> undecided = [.. events];
    private StoredConversation? stored;
    private bool recentRowIsMissing;

    /// <summary>The state in the table may be another than the one last read.</summary>
    public bool IsStale { get; private set; } = true;

    /// <summary>Lost races so far; a conversation that lost one is written in a transaction of its own.</summary>
    public int LostRaces { get; private set; }

    public IReadOnlyList<PendingEvent> Undecided => undecided;

    public async Task ReadAsync(ConversationTable table, CancellationToken cancellationToken)
    {
        stored = await table.ReadAsync(shopId, conversationId, cancellationToken);
        (IsStale, recentRowIsMissing) = (false, false);
    }

    public void LoseRace()
    {
        LostRaces++;
        IsStale = true;
    }

    /// <summary>The row of the list was looked for and is not there. To miss it twice makes no sense, so it counts as a lost
    /// race: not for ever.</summary>
    public void MissRecentRow()
    {
        if (recentRowIsMissing) LoseRace();
        recentRowIsMissing = true;
    }

    /// <summary>Forgets the events that have an outcome by now.</summary>
    public void DropDecided() => undecided = undecided.FindAll(pending => pending.Outcome is null);

    /// <summary>After a commit the table has more than was read.</summary>
    public void Committed() => IsStale = true;

    /// <summary>As many of the undecided events as one transaction has room for, folded.</summary>
    public (ConversationChange Change, IReadOnlyList<PendingEvent> Events) Fold()
    {
        for (var count = Math.Min(undecided.Count, TableLimits.TransactionRows - RowsBesideTimeline); ; count /= 2)
        {
            var taken = undecided[..count];
            var before = stored?.State ?? new ConversationState(shopId, conversationId);
            var after = taken.Aggregate(before, (state, pending) => state.Apply(pending.Event));
            var change = new ConversationChange(stored, after, [.. taken.Select(pending => pending.TimelineRow)], recentRowIsMissing);
            if (change.Size <= TableLimits.TransactionBytes || count == 1) return (change, taken);
        }
    }
}
