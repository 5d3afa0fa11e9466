using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Writes the events of a batch that belong to one conversation. Writes as many at once as fit into a
/// transaction.</summary>
internal sealed class ConversationEvents(string shopId, string conversationId, IEnumerable<PendingEvent> events)
    : ConversationWrite(shopId, conversationId)
{
    // The conversation row, the new row of the list and the removed one.
    private const int RowsBesideTimeline = 3;

    private readonly List<PendingEvent> undecided = [.. events];
    private List<PendingEvent> inChange = [];

    public override bool IsDone => undecided.TrueForAll(pending => pending.Outcome is not null);

    public override ValueTask<ConversationChange?> NextAsync(StoredConversation? stored, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Next(stored));

    public override void Committed()
    {
        foreach (var pending in inChange) pending.Outcome = new DeliveryOutcome.Applied();
    }

    public override void FoundTimelineRow(int index) => inChange[index].Outcome = new DeliveryOutcome.Duplicate();

    public override void GiveUp()
    {
        foreach (var pending in undecided)
        {
            pending.Outcome ??= new DeliveryOutcome.RetryLater("Other writers kept changing the same conversation.");
        }
    }

    private ConversationChange? Next(StoredConversation? stored)
    {
        undecided.RemoveAll(pending => pending.Outcome is not null);
        if (undecided.Count == 0) return null;
        for (var count = Math.Min(undecided.Count, TableLimits.TransactionRows - RowsBesideTimeline); ; count /= 2)
        {
            inChange = undecided[..count];
            var before = stored?.State ?? new ConversationState(ShopId, ConversationId);
            var after = inChange.Aggregate(before, (state, pending) => state.Apply(pending.Event));
            var change = new ConversationChange(stored, after, [.. inChange.Select(pending => pending.TimelineRow)]);
            if (change.Size <= TableLimits.TransactionBytes || count == 1) return change;
        }
    }
}
