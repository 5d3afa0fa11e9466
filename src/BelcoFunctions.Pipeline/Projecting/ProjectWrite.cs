using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Erasing;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Projecting;

/// <summary>Writes the events of a batch that belong to one conversation, except those that are erased, and what Belco's API said
/// of it, if import read that. Writes as many at once as fit into a transaction.</summary>
/// <param name="reading">What the API said now; null for a batch of webhooks.</param>
internal sealed class ProjectWrite(
    string shopId, string conversationId, IEnumerable<PendingEvent> events, ConversationTable table, PayloadReader payloads,
    ConversationReading? reading = null) : ConversationWrite(shopId, conversationId)
{
    // The conversation row, the new row of the list and the removed one.
    private const int RowsBesideTimeline = 3;

    private static readonly HashSet<string> None = [];

    private readonly ErasureSteps erasing = new(shopId, conversationId, table, payloads);
    private readonly List<PendingEvent> undecided = [.. events];
    private List<PendingEvent> inChange = [];
    private ConversationReading? unwritten = reading;
    private bool isReadingInChange;

    /// <summary>Why the reading was not written; null if it was, or if the conversation has no item to write it
    /// beside.</summary>
    public DeliveryOutcome? ReadingError { get; private set; }

    public override bool IsDone => unwritten is null && undecided.TrueForAll(pending => pending.Outcome is not null);

    // The row of the conversation's own customer was written when the conversation got that customer. If that customer is
    // erased later, the conversation is erased too, and its row then has another ETag.
    public override IReadOnlyCollection<string> NewCustomers(StoredConversation? stored) =>
        NewCustomers(undecided.Where(pending => pending.Outcome is null), stored);

    public override async ValueTask<ConversationChange?> NextAsync(StoredConversation? stored,
        IReadOnlyDictionary<string, StoredCustomer> customers, CancellationToken cancellationToken)
    {
        (inChange, isReadingInChange) = ([], false);
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
        // Without an item, there is nothing that the API's word could be about: the conversation is new, or erased.
        if (undecided.Count == 0 && stored?.State.LastItem is null) unwritten = null;
        if (undecided.Count == 0 && unwritten is null) return null;
        return Next(stored, customers, await MergedReadingAsync(stored, cancellationToken));
    }

    public override void Committed()
    {
        foreach (var pending in inChange) pending.Projected();
        if (isReadingInChange) unwritten = null;
    }

    public override void FoundTimelineRow(int index, Telling telling) => inChange[index].Found(telling);

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
        if (unwritten is not null) ReadingError = outcome;
        unwritten = null;
    }

    private HashSet<string> NewCustomers(IEnumerable<PendingEvent> events, StoredConversation? stored)
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

        if (unwritten?.CustomerId?.Value is { } read && read != known) (customers ??= new(StringComparer.Ordinal)).Add(read);
        return customers ?? None;
    }

    // Another import may have written a later value of a field. It would have changed the conversation's ETag after the
    // conversation was read.
    private async Task<ConversationReading?> MergedReadingAsync(StoredConversation? stored, CancellationToken cancellationToken)
    {
        if (unwritten is null) return null;
        var known = await table.FindReadingAsync(ShopId, ConversationId, cancellationToken);
        return ConversationReading.Merge(known, unwritten).Remaining(stored?.Erasure);
    }

    private ConversationChange Next(
        StoredConversation? stored, IReadOnlyDictionary<string, StoredCustomer> customers, ConversationReading? merged)
    {
        isReadingInChange = merged is not null;
        var readingRow = merged is null ? null : ReadingRow.ToAction(ShopId, ConversationId, merged);
        var beside = RowsBesideTimeline + (readingRow is null ? 0 : 1);
        for (var count = Math.Min(undecided.Count, TableLimits.TransactionRows - beside); ; count /= 2)
        {
            inChange = undecided[..count];
            var before = stored?.State ?? new ConversationState(ShopId, ConversationId);
            var after = inChange.Aggregate(before, (state, pending) => state.Apply(pending.Event));
            if (merged is not null) after = after.Apply(merged);
            var rows = inChange.ConvertAll(pending => pending.TimelineRow);
            var change = new ConversationChange(stored, after, rows, erasure: null, readingRow)
            {
                Customers = [.. NewCustomers(inChange, stored).Select(id => customers[id])],
            };
            if (change.FitsIntoTransaction || count <= 1) return change;
        }
    }
}
