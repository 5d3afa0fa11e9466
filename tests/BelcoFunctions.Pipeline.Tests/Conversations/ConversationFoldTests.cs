using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Tests;
using Xunit;

namespace BelcoFunctions.Pipeline.Tests.Conversations;

public sealed class ConversationFoldTests
{
    private static readonly BelcoEvent[] Samples = [.. PayloadFiles.Names.Select(name => PayloadFiles.Read(name).ToEvent())];

    [Fact]
    public void All_720_orders_of_the_samples_give_the_documented_state()
    {
        var expected = Fold(Samples);
        Assert.Equal("open", expected.Status.Value);
        Assert.Equal(RegisterSource.Event, expected.Status.Version!.Value.Source);
        Assert.Equal("GKa97c5NNLzcWcHhP", expected.AssignedTo.Value);
        Assert.Equal(RegisterSource.Snapshot, expected.AssignedTo.Version!.Value.Source);
        Assert.Equal(Time("2025-06-11T09:18:40.431Z"), expected.AssignedTo.Version!.Value.AsOf);
        Assert.Equal("yL6nxp66yhYgQ7yfK", expected.LastItem!.Value.ItemId);
        Assert.Equal(Time("2025-06-11T09:18:40.431Z"), expected.LastItem!.Value.CreatedAt);
        Assert.Equal(Time("2025-06-11T09:18:13.409Z"), expected.LastClosedAt);
        Assert.Equal(Time("2025-06-11T09:15:05.095Z"), expected.FirstCustomerMessageAt);
        Assert.Equal(Time("2025-06-11T09:15:38.426Z"), expected.FirstAgentMessageAt);
        Assert.Equal("reactie!", expected.LastMessage!.Text);
        Assert.Equal((1, 1, 1, 1, 1, 1, 6), (expected.CustomerMessages, expected.AgentMessages, expected.Notes,
            expected.Assignments, expected.Closes, expected.Reopens, expected.Events));

        var orders = 0;
        foreach (var order in Orders(Samples))
        {
            Assert.Equal(expected, Fold(order));
            orders++;
        }

        Assert.Equal(720, orders);
    }

    [Theory]
    [InlineData("conversation.created")]
    [InlineData("conversation.replied")]
    [InlineData("conversation.note.added")]
    [InlineData("conversation.assigned")]
    [InlineData("conversation.closed")]
    [InlineData("conversation.reopened")]
    public void Any_sample_may_be_the_only_event_of_its_conversation(string eventName)
    {
        var state = Fold([PayloadFiles.Read(eventName).ToEvent()]);
        Assert.Equal(1, state.Events);
        Assert.Equal(eventName is "conversation.closed" ? "closed" : "open", state.Status.Value);
        Assert.Equal(eventName is "conversation.assigned" ? "hDPhQuae27KmsYREq" : "GKa97c5NNLzcWcHhP", state.AssignedTo.Value);
    }

    [Fact]
    public void The_assignment_holds_until_later_snapshots_say_otherwise()
    {
        Assert.Equal("hDPhQuae27KmsYREq", Fold(Samples[..4]).AssignedTo.Value);
        Assert.Equal("GKa97c5NNLzcWcHhP", Fold(Samples[..5]).AssignedTo.Value);
    }

    [Fact]
    public void A_snapshot_without_an_assignee_says_that_nobody_is_assigned()
    {
        var reopened = PayloadFiles.Parse(EventNames.ConversationReopened);
        reopened["payload"]!["conversation"]!.AsObject().Remove("assignedTo");
        var state = Fold([.. Samples[..5], reopened.ToUtf8().ToEvent()]);
        Assert.Null(state.AssignedTo.Value);
        Assert.Equal(RegisterSource.Snapshot, state.AssignedTo.Version!.Value.Source);
    }

    [Fact]
    public void A_snapshot_without_a_channel_says_nothing_about_it()
    {
        var reopened = PayloadFiles.Parse(EventNames.ConversationReopened);
        reopened["payload"]!["conversation"]!.AsObject().Remove("channel");
        Assert.Equal("chat", Fold([.. Samples[..5], reopened.ToUtf8().ToEvent()]).Channel.Value);
    }

    [Theory]
    [InlineData(4_999, "closed")]
    [InlineData(5_000, "closed")]
    [InlineData(5_001, "open")]
    public void A_snapshot_outranks_a_change_once_it_is_more_than_the_lag_later(int milliseconds, string status)
    {
        var closed = PayloadFiles.Read(EventNames.ConversationClosed).ToEvent();
        var note = PayloadFiles.Parse(EventNames.ConversationNoteAdded);
        note["payload"]!["conversation_item"]!["createdAt"] = EventTime.ToText(closed.Item.CreatedAt.AddMilliseconds(milliseconds));
        Assert.Equal(status, Fold([closed, note.ToUtf8().ToEvent()]).Status.Value);
    }

    [Fact]
    public void The_last_message_is_cut_without_splitting_an_emoji()
    {
        var replied = PayloadFiles.Parse(EventNames.ConversationReplied);
        replied["payload"]!["conversation_item"]!["body"] = new string('x', 199) + "😀";
        Assert.Equal(new string('x', 199), Fold([replied.ToUtf8().ToEvent()]).LastMessage!.Text);
    }

    private static ConversationState Fold(params IEnumerable<BelcoEvent> events) => events.Aggregate(
        new ConversationState(PayloadFiles.ShopId, PayloadFiles.ConversationId), (state, e) => state.Apply(e));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<IEnumerable<T>> Orders<T>(IReadOnlyCollection<T> items) where T : class => items.Count == 0
        ? [[]]
        : items.SelectMany(first => Orders<T>([.. items.Where(item => item != first)]).Select(rest => rest.Prepend(first)));
}
