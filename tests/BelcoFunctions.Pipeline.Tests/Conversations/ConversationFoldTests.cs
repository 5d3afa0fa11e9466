using System.Globalization;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Conversations;

namespace BelcoFunctions.Pipeline.Tests.Conversations;

/// <summary>Belco's samples, and cases at the edge. <see cref="RegisterProperties"/> has the rules in general.</summary>
public sealed class ConversationFoldTests
{
    private static readonly BelcoEvent[] Samples = [.. PayloadFiles.Names.Select(name => PayloadFiles.Read(name).ToEvent())];

    public static TheoryData<string> SampleNames => [.. PayloadFiles.Names];

    [Fact]
    public void All_720_orders_of_the_samples_give_the_documented_state()
    {
        var expected = Samples.Fold();
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
        Assert.Equal(Time("2025-06-11T09:15:05.095Z"), expected.LastCustomerMessageAt);
        Assert.Equal(Time("2025-06-11T09:15:38.426Z"), expected.LastAgentMessageAt);
        Assert.Equal("reactie!", expected.LastMessage!.Text);
        Assert.Equal((1, 1, 1, 1, 1, 1, 6), (expected.CustomerMessages, expected.AgentMessages, expected.Notes,
            expected.Assignments, expected.Closes, expected.Reopens, expected.Events));

        var orders = Orders(Samples).ToList();
        Assert.Equal(720, orders.Count);
        Assert.All(orders, order => Assert.Equal(expected, order.Fold()));
    }

    [Theory]
    [MemberData(nameof(SampleNames))]
    public void Any_sample_may_be_the_only_event_of_its_conversation(string eventName)
    {
        BelcoEvent[] only = [PayloadFiles.Read(eventName).ToEvent()];
        var state = only.Fold();
        Assert.Equal(1, state.Events);
        Assert.Equal(eventName is "conversation.closed" ? "closed" : "open", state.Status.Value);
        Assert.Equal(eventName is "conversation.assigned" ? "hDPhQuae27KmsYREq" : "GKa97c5NNLzcWcHhP", state.AssignedTo.Value);
    }

    [Theory]
    [InlineData(4, "hDPhQuae27KmsYREq")]
    [InlineData(5, "GKa97c5NNLzcWcHhP")]
    public void The_assignment_holds_until_later_snapshots_say_otherwise(int samples, string assignedTo) =>
        Assert.Equal(assignedTo, Samples[..samples].Fold().AssignedTo.Value);

    [Theory]
    [InlineData(4_999, "closed")]
    [InlineData(5_000, "closed")]
    [InlineData(5_001, "open")]
    public void A_snapshot_outranks_a_change_once_it_is_more_than_the_lag_later(int milliseconds, string status)
    {
        var closed = PayloadFiles.Read(EventNames.ConversationClosed).ToEvent();
        var note = PayloadFiles.Parse(EventNames.ConversationNoteAdded);
        var createdAt = closed.Item.CreatedAt.AddMilliseconds(milliseconds);
        note["payload"]!["conversation_item"]!["createdAt"] = EventTime.ToText(createdAt);
        BelcoEvent[] events = [closed, note.ToUtf8().ToEvent()];
        Assert.Equal(status, events.Fold().Status.Value);
    }

    [Theory]
    [InlineData("""[{"name":"IMG_7441.jpg"}]""", 1, "IMG_7441.jpg")]
    [InlineData("""["https://files.example/a","b"]""", 2, "https://files.example/a")]
    [InlineData("[]", 0, null)]
    public void A_message_with_only_attachments_is_the_last_one(string attachments, int count, string? name)
    {
        BelcoEvent[] events =
        [
            EventFactory.Reply("c", 1).ToEvent(),
            EventFactory.Reply("c", 2, item =>
            {
                item.Remove("body");
                item["attachments"] = JsonNode.Parse(attachments);
            }).ToEvent(),
            EventFactory.Make(EventNames.ConversationNoteAdded, "c", 3).ToEvent(),
        ];
        var last = new LastMessage(null, ItemPosition.From(events[1])) { Attachments = count, AttachmentName = name };
        Assert.Equal(last, events.Fold().LastMessage);
        Assert.Equal(last, ConversationRow.FromEntity(ConversationRow.ToEntity(events.Fold())).LastMessage);
        Assert.Equal(count, ConversationRow.ToRecentEntity(events.Fold()).GetInt32("LastMessageAttachments"));
    }

    [Fact]
    public void An_HTML_mail_is_stored_as_text()
    {
        var html = "<!DOCTYPE html><html><head><style>" + new string('x', 300) + "</style></head><body><p>Hello</p>"
            + new string('y', 300);
        BelcoEvent[] only = [EventFactory.Reply("c", 1, item => item["body"] = html).ToEvent()];
        Assert.Equal("Hello\n" + new string('y', 194), only.Fold().LastMessage!.Text);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<IEnumerable<T>> Orders<T>(IReadOnlyCollection<T> items) where T : class => items.Count == 0
        ? [[]]
        : items.SelectMany(first => Orders<T>([.. items.Where(item => item != first)]).Select(rest => rest.Prepend(first)));
}
