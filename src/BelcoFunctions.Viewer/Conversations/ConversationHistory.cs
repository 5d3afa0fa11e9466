using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Viewer.Transcripts;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>When a conversation was open or closed, and who it was assigned to, according to one page of its timeline. An open
/// conversation goes on until now, a closed one ends with its last event.</summary>
/// <param name="Status">The statuses from the start of the page to its end.</param>
/// <param name="Assignee">The assignees from the start of the page to its end.</param>
public sealed record ConversationHistory(IReadOnlyList<Span> Status, IReadOnlyList<Span> Assignee)
{
    /// <summary>The last status, if it comes from Belco's snapshot and not from an event of the page; otherwise null.</summary>
    public Span? SilentStatus => Silent(Status);

    /// <summary>The last assignee, if it comes from Belco's snapshot and not from an event of the page; otherwise
    /// null.</summary>
    public Span? SilentAssignee => Silent(Assignee);

    /// <summary>How long the conversation has been open since it was opened last; null if it is not open, or if the page does not
    /// show since when.</summary>
    public TimeSpan? OpenFor { get; private init; }

    public static ConversationHistory From(ConversationPart part, DateTimeOffset now)
    {
        var status = StatusOf(part, now);
        return new(status, AssigneeOf(part, now))
        {
            OpenFor = part.IsLast && part.Conversation.Status is ConversationStatus.Open
                && status is [.., { Value: ConversationStatus.Open } last] && (part.IsFirst || status.Count > 1)
                    ? last.Length : null,
        };
    }

    private static List<Span> StatusOf(ConversationPart part, DateTimeOffset now)
    {
        var conversation = part.Conversation;
        Change[] changes =
        [
            .. part.Entries.Where(entry => entry.StatusEffect is not null).Select(entry => new Change(
                entry.At, entry.StatusEffect is ConversationStatus.Closed
                    ? ConversationStatus.Open : entry.PreviousStatus ?? ConversationStatus.Closed,
                entry.StatusEffect)),
        ];
        // A conversation begins open. If its first event is missing, assume that it always had its current status.
        var beganHere = part.IsFirst && part.Entries is [var entry, ..]
            && (entry.EventName is EventNames.ConversationCreated || entry.ItemId == conversation.FirstItemId);
        var assertion = new Assertion(conversation.Status, conversation.StatusAsOf, conversation.StatusIsFromSnapshot);
        return Spans(part, now, changes, beganHere ? ConversationStatus.Open : conversation.Status, assertion);
    }

    private static List<Span> AssigneeOf(ConversationPart part, DateTimeOffset now)
    {
        var conversation = part.Conversation;
        Change[] changes =
        [
            .. part.Entries.Where(entry => entry.Shape is EntryKind.Assignment)
                .Select(entry => new Change(entry.At, entry.PreviousAssignee, entry.AssignedTo)),
        ];
        var assertion = new Assertion(
            conversation.AssignedTo, conversation.AssignedToAsOf, conversation.AssigneeIsFromSnapshot);
        return Spans(part, now, changes, conversation.AssignedTo, assertion);
    }

    private static List<Span> Spans(
        ConversationPart part, DateTimeOffset now, Change[] changes, string? withoutChange, Assertion current)
    {
        if (part.Entries.Count == 0) return [];
        var (from, end) = (Begin(part), End(part, now));
        var value = changes is [var first, ..] ? first.Before : withoutChange;
        // If the current value differs from the last event's, add it as another change.
        if (part.IsLast && current is { IsFromSnapshot: true, AsOf: { } asOf }
            && current.Value != (changes is [.., var last] ? last.After : value)
            && (changes is not [.., var latest] || asOf > latest.At))
        {
            changes = [.. changes, new Change(asOf, value, current.Value) { IsFromSnapshot = true }];
        }

        List<Span> spans = [];
        var isFromSnapshot = changes.Length == 0 && current.IsFromSnapshot;
        foreach (var change in changes)
        {
            // A second assignment to the same agent changes nothing.
            if (change.After == value && change.IsFromSnapshot == isFromSnapshot) continue;
            if (change.At > from) spans.Add(new Span(from, change.At, value, isFromSnapshot));
            (from, value, isFromSnapshot) = (change.At > from ? change.At : from, change.After, change.IsFromSnapshot);
        }

        spans.Add(new Span(from, end > from ? end : from, value, isFromSnapshot));
        return spans;
    }

    private static DateTimeOffset Begin(ConversationPart part)
    {
        var first = part.Entries[0].At;
        return part.IsFirst && part.Conversation.CreatedAt is { } created && created < first ? created : first;
    }

    private static DateTimeOffset End(ConversationPart part, DateTimeOffset now)
    {
        var last = part.Entries[^1].At;
        if (!part.IsLast) return last;
        if (part.Conversation.LastItemAt > last) last = part.Conversation.LastItemAt;
        return part.Conversation.Status is ConversationStatus.Open && now > last ? now : last;
    }

    private static Span? Silent(IReadOnlyList<Span> spans) =>
        spans is [_, .., { IsFromSnapshot: true } last] ? last : null;

    private sealed record Change(DateTimeOffset At, string? Before, string? After)
    {
        public bool IsFromSnapshot { get; init; }
    }

    private sealed record Assertion(string? Value, DateTimeOffset? AsOf, bool IsFromSnapshot);
}
