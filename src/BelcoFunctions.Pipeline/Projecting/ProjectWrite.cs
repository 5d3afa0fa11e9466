using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Writes the events of a batch that belong to one conversation, except those that are erased. Writes as many at once
/// as fit into a transaction.</summary>
internal sealed class ProjectWrite(
    string shopId, string conversationId, IEnumerable<PendingEvent> events, ConversationTable table, PayloadReader payloads)
    : ConversationWrite(shopId, conversationId)
{
    // The conversation row, the new row of the list and the removed one.
    private const int RowsBesideTimeline = 3;

    private static readonly HashSet<string> None = [];

    private readonly ErasureSteps erasing = new(shopId, conversationId, table, payloads);
    private readonly List<PendingEvent> undecided = [.. events];
    private List<PendingEvent> inChange = [];

    public override bool IsDone => undecided.TrueForAll(pending => pending.Outcome is not null);

    // The row of the conversation's own customer was written when the conversation got that customer. If that customer is
    // erased later, the conversation is erased too, and its row then has another ETag.
    public override IReadOnlyCollection<string> NewCustomers(StoredConversation? stored) =>
        NewCustomers(undecided.Where(pending => pending.Outcome is null), stored);

    public override async ValueTask<ConversationChange?> NextAsync(StoredConversation? stored,
        IReadOnlyDictionary<string, StoredCustomer> customers, CancellationToken cancellationToken)
    {
        inChange = [];
        undecided.RemoveAll(pending => pending.Outcome is not null);
        // What is erased of a customer is also erased of each conversation of that customer.
        var erased = NewCustomers(undecided, stored).Select(id => customers[id].Erasure)
            .Aggregate(stored?.Erasure, Erasure.Latest);
        erased = undecided.Aggregate(erased, (each, pending) => each?.Reaching(pending.Event.Item.CreatedAt, pending.ReceivedAt));
        if (await erasing.NextAsync(stored, erased, cancellationToken) is { } erasure) return erasure;
        foreach (var pending in undecided)
        {
            if (!(stored?.Erasure?.Covers(pending.Event.Item.CreatedAt, pending.ReceivedAt) ?? false)) continue;
            pending.Outcome = new DeliveryOutcome.Erased();
        }

        undecided.RemoveAll(pending => pending.Outcome is not null);
        return undecided.Count == 0 ? null : Next(stored, customers);
    }

    public override void Committed()
    {
        foreach (var pending in inChange)
        {
            (pending.Outcome, pending.RowBlob) = (new DeliveryOutcome.Projected(), pending.PayloadBlob);
        }
    }

    public override void FoundTimelineRow(int index, string? rawBlob) =>
        (inChange[index].Outcome, inChange[index].RowBlob) = (new DeliveryOutcome.Duplicate(), rawBlob);

    public override void GiveUp(GiveUpReason reason)
    {
        DeliveryOutcome outcome = reason switch
        {
            GiveUpReason.AnotherVersion => new DeliveryOutcome.RetryLater(
                "Another version of BelcoFunctions wrote the rows of the conversation or its customer. "
                + AnotherVersionException.Advice),
            GiveUpReason.DamagedRow => new DeliveryOutcome.Failed(
                "The row of the conversation or of its customer is damaged: a column is missing, or its value is of another "
                + "type."),
            _ => new DeliveryOutcome.RetryLater("Other writers kept changing the same conversation."),
        };
        foreach (var pending in undecided) pending.Outcome ??= outcome;
    }

    private static HashSet<string> NewCustomers(IEnumerable<PendingEvent> events, StoredConversation? stored)
    {
        var known = stored?.State.CustomerId.Value;
        HashSet<string>? customers = null;
        foreach (var pending in events)
        {
            foreach (var id in pending.Event.CustomerIds)
            {
                if (id != known) (customers ??= new(StringComparer.Ordinal)).Add(id);
            }
        }

        return customers ?? None;
    }

    private ConversationChange Next(StoredConversation? stored, IReadOnlyDictionary<string, StoredCustomer> customers)
    {
        for (var count = Math.Min(undecided.Count, TableLimits.TransactionRows - RowsBesideTimeline); ; count /= 2)
        {
            inChange = undecided[..count];
            var before = stored?.State ?? new ConversationState(ShopId, ConversationId);
            var after = inChange.Aggregate(before, (state, pending) => state.Apply(pending.Event));
            var change = new ConversationChange(stored, after, [.. inChange.Select(pending => pending.TimelineRow)])
            {
                Customers = [.. NewCustomers(inChange, stored).Select(id => customers[id])],
            };
            if (change.FitsIntoTransaction || count == 1) return change;
        }
    }
}
