using BelcoFunctions.Pipeline.Events;

namespace BelcoFunctions.Viewer.Tests.Conversations;

public sealed class ConversationHistoryTests
{
    private const string First = "GKa97c5NNLzcWcHhP";
    private const string Second = "hDPhQuae27KmsYREq";

    private static readonly DateTimeOffset Now = new(2025, 6, 14, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_six_samples_were_open_then_closed_then_open_and_had_three_assignees_in_turn()
    {
        var history = ConversationHistory.From(SampleConversation.From(PayloadFiles.Names), Now);

        Assert.Equal(
            ["09:15:05.075 open", "09:18:13.409 closed", "09:18:40.431 open"], history.Status.Select(Write));
        // No event was sent for the change back.
        Assert.Equal(
            [$"09:15:05.075 {First}", $"09:17:20.768 {Second}", $"09:18:40.431 {First} (snapshot)"],
            history.Assignee.Select(Write));
        Assert.Null(history.SilentStatus);
        Assert.Equal(First, history.SilentAssignee!.Value);
    }

    [Fact]
    public void Spans_follow_each_other_from_the_beginning_to_the_last_event_or_to_now_if_the_conversation_is_open()
    {
        var part = SampleConversation.From(PayloadFiles.Names);
        var history = ConversationHistory.From(part, Now);
        Assert.All([history.Status, history.Assignee], spans =>
        {
            Assert.Equal(part.Conversation.CreatedAt, spans[0].From);
            Assert.Equal(Now, spans[^1].To);
            Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        });
        part = part with { Conversation = part.Conversation with { Status = "closed" } };
        Assert.Equal(part.Conversation.LastItemAt, ConversationHistory.From(part, Now).Assignee[^1].To);
    }

    [Fact]
    public void A_conversation_is_open_since_it_was_opened_last()
    {
        var part = SampleConversation.From(PayloadFiles.Names);
        var reopened = part.Entries[^1].At;
        Assert.Equal(Now - reopened, ConversationHistory.From(part, Now).OpenFor);
        var created = SampleConversation.From(EventNames.ConversationCreated);
        Assert.Equal(Now - created.Conversation.CreatedAt, ConversationHistory.From(created, Now).OpenFor);
        // On the second page, only a change says since when.
        Assert.Equal(Now - reopened, ConversationHistory.From(part with { IsFirst = false }, Now).OpenFor);
        Assert.Null(ConversationHistory.From(created with { IsFirst = false }, Now).OpenFor);
        // On an earlier page, and after a close, it is not known or not open.
        Assert.Null(ConversationHistory.From(part with { ContinuationToken = "more" }, Now).OpenFor);
        var closed = SampleConversation.From(EventNames.ConversationCreated, EventNames.ConversationClosed);
        Assert.Null(ConversationHistory.From(closed, Now).OpenFor);
        // The clock of this machine may be behind Belco's.
        Assert.Equal(TimeSpan.Zero, ConversationHistory.From(part, reopened.AddHours(-1)).OpenFor);
    }

    [Fact]
    public void A_conversation_whose_beginning_was_never_received_has_its_current_values()
    {
        var history = ConversationHistory.From(SampleConversation.From(EventNames.ConversationReplied), Now);
        Assert.Equal(["09:15:05.075 open (snapshot)"], history.Status.Select(Write));
        Assert.Equal([$"09:15:05.075 {First} (snapshot)"], history.Assignee.Select(Write));
        Assert.Null(history.SilentAssignee);
    }

    [Fact]
    public void A_status_that_only_a_snapshot_shows_begins_with_that_snapshot()
    {
        var part = SampleConversation.From(EventNames.ConversationCreated, EventNames.ConversationReplied);
        part = part with { Conversation = part.Conversation with { Status = "closed" } };

        var history = ConversationHistory.From(part, Now);

        Assert.Equal(["09:15:05.075 open", "09:15:38.426 closed (snapshot)"], history.Status.Select(Write));
        Assert.Equal("closed", history.SilentStatus!.Value);
    }

    [Fact]
    public void A_later_page_begins_with_the_old_value_of_its_first_change()
    {
        var part = SampleConversation.From(EventNames.ConversationAssigned, EventNames.ConversationReopened) with
        {
            IsFirst = false,
            ContinuationToken = "more",
        };

        var history = ConversationHistory.From(part, Now);

        Assert.Equal(["09:17:20.768 closed", "09:18:40.431 open"], history.Status.Select(Write));
        // Before the last page, the current assignee is not relevant.
        Assert.Equal([$"09:17:20.768 {Second}"], history.Assignee.Select(Write));
    }

    [Fact]
    public void A_page_without_events_has_no_history()
    {
        var history = ConversationHistory.From(SampleConversation.From(PayloadFiles.Names) with { Entries = [] }, Now);
        Assert.Empty(history.Status);
        Assert.Empty(history.Assignee);
    }

    [Fact]
    public void A_strip_is_to_scale_and_shows_the_shortest_span_too()
    {
        var part = SampleConversation.From(PayloadFiles.Names);
        // At the moment of the last event, the last span has no length.
        var segments = StripLayout.From(ConversationHistory.From(part, part.Conversation.LastItemAt).Status);
        Assert.Equal(StripLayout.Width, segments.Sum(segment => segment.Width), tolerance: 0.5);
        Assert.True(segments[0].Width > 5 * segments[1].Width);
        Assert.Equal(TimeSpan.Zero, segments[2].Span.Length);
        Assert.True(segments[2].Width > 10);
    }

    private static string Write(Span span) =>
        $"{EventTime.ToText(span.From)[11..23]} {span.Value}{(span.IsFromSnapshot ? " (snapshot)" : "")}";
}
