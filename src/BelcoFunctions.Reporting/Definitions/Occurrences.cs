using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Reporting.Definitions;

/// <summary>The definitions of all figures: what each figure counts in a conversation and a range. A pure function. A report
/// is computed only from these occurrences. The conversations listed for a number are those with its occurrences.</summary>
public static class Occurrences
{
    public static IEnumerable<Occurrence> From(ConversationRecord history, ReportRequest range) =>
        [.. OfConversation(history, range), .. OfStatus(history, range), .. OfEvents(history, range)];

    private static IEnumerable<Occurrence> OfConversation(ConversationRecord history, ReportRequest range)
    {
        var (conversation, events, _) = history;
        if (conversation.CreatedAt is { } createdAt && range.Contains(createdAt)) yield return new(Figure.Opened, createdAt);
        if (conversation.CreatedAt is null && events?.Any(e => range.Contains(e.At)) is true)
        {
            yield return new(Figure.CreationUnknown, range.Until);
        }

        // If an erased customer begins a new conversation, the new conversation's row also gets the moment of the customer's
        // erasure, although nothing of the new conversation was erased.
        if (conversation.ErasedThrough >= range.Since && !(conversation.CreatedAt > conversation.ErasedThrough))
        {
            yield return new(Figure.PartlyErased, range.Until);
        }
    }

    private static IEnumerable<Occurrence> OfStatus(ConversationRecord history, ReportRequest range)
    {
        var (conversation, events, status) = history;
        if (status is not { } known)
        {
            // An event without a status still shows that the conversation existed.
            if (conversation.CreatedAt < range.Until || events is null or { Count: > 0 })
            {
                yield return new(Figure.StatusUnknown, range.Until);
            }

            yield break;
        }

        if (known.IsUncertain) yield return new(Figure.StatusUncertain, range.Until);
        if (known.Value is ConversationStatus.Open)
        {
            yield return new(Figure.OpenAtEnd, range.Until);
            var (customer, agent) = FirstMessages(history);
            if (customer is not null && agent is null) yield return new(Figure.Waiting, range.Until);
        }

        if (known.IsFromSnapshot && range.Contains(known.AsOf) && events is not null
            && known.Value != (StatusWitnesses.From(events).Effect?.Value ?? ConversationStatus.Open))
        {
            yield return new(Figure.ChangedWithoutEvent, range.Until);
        }
    }

    private static IEnumerable<Occurrence> OfEvents(ConversationRecord history, ReportRequest range)
    {
        if (history.Events is null) yield break;
        foreach (var e in history.Events.Where(e => range.Contains(e.At)))
        {
            switch (e.MessageSide)
            {
                case MessageSide.Customer:
                    yield return new(Figure.CustomerMessages, e.At);
                    break;
                case MessageSide.Agent:
                    yield return new(Figure.AgentMessages, e.At) { Agent = e.ActorId };
                    break;
            }
        }

        foreach (var occurrence in OfStatusChanges(history, range)) yield return occurrence;
        var (customer, agent) = FirstMessages(history);
        if (agent is { } answered && range.Contains(answered)) yield return OfFirstResponse(history, customer, answered, range);
    }

    private static Occurrence OfFirstResponse(
        ConversationRecord history, DateTimeOffset? customer, DateTimeOffset agent, ReportRequest range)
    {
        if (IsFirstItemMissing(history)) return new(Figure.FirstItemMissing, agent);
        if (!(customer < agent)) return new(Figure.AgentBegan, agent);
        var first = history.Events!.Where(e => e.MessageSide is MessageSide.Agent).MinBy(e => e, InOrder)!;
        return new(Figure.FirstResponse, agent) { Agent = first.ActorId, Length = range.Between(customer.Value, agent) };
    }

    /// <summary>Each snapshot names the first item, even if the webhook of that item never arrived, or the item was
    /// erased.</summary>
    private static bool IsFirstItemMissing(ConversationRecord history) =>
        history.Conversation.FirstItemId is { } first && !history.Events!.Any(e => e.ItemId == first);

    /// <summary>A close has a length if we know when the conversation was opened: at the reopening before it, or at the
    /// conversation's beginning if it is the first close. A close after another close, without a reopening between them, has
    /// no length. A first close has no length either if the beginning of the conversation is unknown or later than the
    /// close.</summary>
    private static IEnumerable<Occurrence> OfStatusChanges(ConversationRecord history, ReportRequest range)
    {
        var opened = history.Conversation.CreatedAt;
        foreach (var e in history.Events!.Where(e => e.StatusEffect is not null).Order(InOrder))
        {
            if (e.StatusEffect is ConversationStatus.Open)
            {
                if (range.Contains(e.At)) yield return new(Figure.Reopened, e.At);
                opened = e.At;
                continue;
            }

            if (range.Contains(e.At))
            {
                yield return new(Figure.Closed, e.At) { Agent = AgentOf(e) };
                yield return opened <= e.At
                    ? new(Figure.TimeToClose, e.At) { Agent = AgentOf(e), Length = range.Between(opened.Value, e.At) }
                    : new(Figure.CloseWithoutOpening, e.At);
            }

            opened = null;
        }
    }

    /// <summary>When a customer and an agent first wrote. If nothing happened in the range or later, this comes from the
    /// conversation's row.</summary>
    private static (DateTimeOffset? Customer, DateTimeOffset? Agent) FirstMessages(ConversationRecord history)
    {
        var (conversation, events, _) = history;
        return events is null ? (conversation.FirstCustomerMessageAt, conversation.FirstAgentMessageAt)
            : (First(MessageSide.Customer), First(MessageSide.Agent));

        DateTimeOffset? First(MessageSide side) =>
            events.Where(e => e.MessageSide == side).Select(e => (DateTimeOffset?)e.At).Min();
    }

    private static string? AgentOf(ReportedEvent e) =>
        ConversationItem.SideOf(e.ActorType) is MessageSide.Agent ? e.ActorId : null;

    // The order of the fold.
    private static Comparer<ReportedEvent> InOrder { get; } = Comparer<ReportedEvent>.Create((first, second) =>
        first.Version(RegisterSource.Event).CompareTo(second.Version(RegisterSource.Event)));
}
