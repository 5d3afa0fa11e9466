using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Testing.Generated;
using CsCheck;

namespace BelcoFunctions.Pipeline.Tests.Conversations;

/// <summary>The rules of the fold in another form: sort all assertions, and take the last.</summary>
public sealed class RegisterProperties
{
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(5);

    [Fact]
    public void The_status_is_what_the_highest_version_says() => ForEachConversation((events, state) => Assert.Equal(
        Last(events,
            e => e.Conversation.Status is { } status ? [Snapshot(e, status)] : [],
            e => e.EventName switch
            {
                "conversation.closed" => [Effect(e, "closed")],
                "conversation.reopened" => [Effect(e, "open")],
                _ => [],
            }),
        (state.Status.Value, state.Status.Version?.AsOf, state.Status.Version?.Source)));

    [Fact]
    public void The_assignee_is_what_the_highest_version_says_and_a_snapshot_without_one_says_nobody() =>
        ForEachConversation((events, state) => Assert.Equal(
            Last(events,
                e => [Snapshot(e, e.Conversation.AssignedTo)],
                e => e.EventName is "conversation.assigned" ? [Effect(e, e.Item.AssignedTo)] : []),
            (state.AssignedTo.Value, state.AssignedTo.Version?.AsOf, state.AssignedTo.Version?.Source)));

    [Fact]
    public void Any_other_field_is_what_the_highest_snapshot_that_has_it_says() => ForEachConversation((events, state) =>
    {
        Assert.Equal(LastSnapshot(events, e => e.Conversation.Channel), state.Channel.Value);
        Assert.Equal(LastSnapshot(events, e => e.Conversation.Type), state.Type.Value);
        Assert.Equal(LastSnapshot(events, e => e.Conversation.OrganizationId), state.OrganizationId.Value);
        Assert.Equal(LastSnapshot(events, e => e.Conversation.CreatedAt?.ToString("O")), state.CreatedAt.Value?.ToString("O"));
    });

    [Fact]
    public void First_and_last_items_and_counters_come_from_the_items() => ForEachConversation((events, state) =>
    {
        var ordered = events.OrderBy(e => e.Item.CreatedAt).ThenBy(e => e.Item.Id, StringComparer.Ordinal)
            .ThenBy(e => e.Date).ThenBy(e => e.RequestId, StringComparer.Ordinal)
            .ThenBy(e => e.Kind, StringComparer.Ordinal).ToList();
        var messages = ordered.FindAll(e => e.Item.Type is "message");
        var customer = messages.FindAll(e => e.Item.ActorType is "customer" or "contact");
        var agent = messages.FindAll(e => e.Item.ActorType is "user");
        Assert.Equal(PositionOf(ordered[^1]), state.LastItem);
        Assert.Equal(customer.FirstOrDefault()?.Item.CreatedAt, state.FirstCustomerMessageAt);
        Assert.Equal(agent.FirstOrDefault()?.Item.CreatedAt, state.FirstAgentMessageAt);
        Assert.Equal(customer.LastOrDefault()?.Item.CreatedAt, state.LastCustomerMessageAt);
        Assert.Equal(agent.LastOrDefault()?.Item.CreatedAt, state.LastAgentMessageAt);
        Assert.Equal(ordered.FindLast(e => e.EventName is "conversation.closed")?.Item.CreatedAt, state.LastClosedAt);
        var lastMessage = messages.LastOrDefault();
        Assert.Equal(lastMessage is null ? null : PositionOf(lastMessage), state.LastMessage?.Position);
        var files = lastMessage?.Item.Attachments is { } json ? JsonNode.Parse(json)!.AsArray() : [];
        Assert.Equal(files.Count, state.LastMessage?.Attachments ?? 0);
        Assert.Equal((string?)files.FirstOrDefault()?["name"], state.LastMessage?.AttachmentName);
        // The only long text of the histories has half an emoji at 200.
        var text = lastMessage?.Item.Body;
        Assert.Equal(text is { Length: > 200 } ? text[..199] : text, state.LastMessage?.Text);
        Assert.Equal((events.Count, customer.Count, agent.Count), (state.Events, state.CustomerMessages, state.AgentMessages));
        Assert.Equal(
            (Count("note.added"), Count("assigned"), Count("closed"), Count("reopened")),
            (state.Notes, state.Assignments, state.Closes, state.Reopens));

        int Count(string happened) => events.Count(e => e.EventName == "conversation." + happened);
    });

    private static void ForEachConversation(Action<List<BelcoEvent>, ConversationState> check) => Histories.Any.Sample(history =>
    {
        foreach (var events in history.Select(body => body.ToUtf8().ToEvent()).GroupBy(e => (e.ShopId, e.Conversation.Id)))
        {
            check([.. events], events.Fold());
        }
    });

    private static (string?, DateTimeOffset?, RegisterSource?) Last(
        IEnumerable<BelcoEvent> events, params Func<BelcoEvent, IEnumerable<Assertion>>[] assertions)
    {
        var last = events.SelectMany(e => assertions.SelectMany(assertion => assertion(e)))
            .OrderBy(said => said.Time).ThenBy(said => said.Rank).ThenBy(said => said.Event.Date)
            .ThenBy(said => said.Event.RequestId, StringComparer.Ordinal)
            .ThenBy(said => said.Event.Item.Id, StringComparer.Ordinal)
            .ThenBy(said => said.Event.Kind, StringComparer.Ordinal)
            .LastOrDefault();
        return (last?.Value, last?.Event.Item.CreatedAt, (RegisterSource?)last?.Rank);
    }

    private static string? LastSnapshot(IEnumerable<BelcoEvent> events, Func<BelcoEvent, string?> field) =>
        Last(events, e => field(e) is { } value ? [Snapshot(e, value)] : []).Item1;

    private static ItemPosition? PositionOf(BelcoEvent e) => new(e.Item.CreatedAt, e.Item.Id, e.Date, e.RequestId, e.Kind);

    private static Assertion Snapshot(BelcoEvent e, string? value) => new(e, e.Item.CreatedAt, 0, value);

    private static Assertion Effect(BelcoEvent e, string? value) => new(e, e.Item.CreatedAt + Lag, 1, value);

    private sealed record Assertion(BelcoEvent Event, DateTimeOffset Time, int Rank, string? Value);
}
