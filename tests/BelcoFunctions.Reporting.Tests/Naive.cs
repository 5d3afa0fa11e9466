using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Reporting.Definitions;

namespace BelcoFunctions.Reporting.Tests;

/// <summary>The figures in another form: each one is computed from the whole list of a shop's events.</summary>
internal sealed class Naive(IReadOnlyList<BelcoEvent> ofOneShop, ReportRequest range)
{
    private readonly List<(List<BelcoEvent> All, List<BelcoEvent> Before, ConversationState Now)> conversations =
    [
        .. ofOneShop.GroupBy(e => e.Conversation.Id).Select(events => (
            events.ToList(), InOrder(events.Where(e => e.Item.CreatedAt < range.Until)), events.Fold())),
    ];

    public int Opened => conversations.Count(c => c.Now.CreatedAt.Value is { } at && range.Contains(at));

    public int Closed => InRange("conversation.closed").Count();

    public int ConversationsClosed => InRange("conversation.closed").Select(e => e.Conversation.Id).Distinct().Count();

    public int Reopened => InRange("conversation.reopened").Count();

    public int OpenAtEnd => conversations.Count(IsOpen);

    public int Waiting => conversations.Count(c => IsOpen(c) && First(c.Before, "customer", "contact") is not null
        && First(c.Before, "user") is null);

    public int CustomerMessages => Messages("customer", "contact").Count();

    public int AgentMessages => Messages("user").Count();

    public List<TimeSpan> FirstResponses =>
    [
        .. from c in conversations
           let customer = First(c.Before, "customer", "contact")
           let agent = First(c.Before, "user")
           where agent is { } at && range.Contains(at) && customer < agent
           where c.Now.FirstItemId.Value is not { } first || c.Before.Exists(e => e.Item.Id == first)
           select agent.Value - customer.Value,
    ];

    public List<TimeSpan> TimesToClose =>
    [
        .. from c in conversations
           from close in c.Before
           where close.EventName is "conversation.closed" && range.Contains(close.Item.CreatedAt)
           let changes = c.Before.FindAll(e => e.EventName is "conversation.closed" or "conversation.reopened")
           let index = changes.IndexOf(close)
           let opened = index == 0 ? c.Now.CreatedAt.Value
               : changes[index - 1].EventName is "conversation.reopened" ? changes[index - 1].Item.CreatedAt : null
           where opened <= close.Item.CreatedAt
           select close.Item.CreatedAt - opened.Value,
    ];

    public Dictionary<string, int> AgentMessagesByAgent => Messages("user")
        .GroupBy(e => e.Item.ActorId ?? "").ToDictionary(group => group.Key, group => group.Count());

    public Dictionary<string, int> ClosedByAgent => InRange("conversation.closed")
        .GroupBy(e => e.Item.ActorType is "user" ? e.Item.ActorId ?? "" : "")
        .ToDictionary(group => group.Key, group => group.Count());

    public Dictionary<string, int> OpenAtEndByChannel => conversations.Where(IsOpen)
        .GroupBy(c => c.Now.Channel.Value ?? "").ToDictionary(group => group.Key, group => group.Count());

    public Dictionary<string, int> CustomerMessagesByDay => Messages("customer", "contact")
        .GroupBy(e => TimeZoneInfo.ConvertTime(e.Item.CreatedAt, TimeZoneInfo.FindSystemTimeZoneById(range.Zone.Id))
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))
        .ToDictionary(group => group.Key, group => group.Count());

    /// <summary>The smallest length for which at least this percentage of all lengths are equal or shorter.</summary>
    public static TimeSpan? Percentile(List<TimeSpan> lengths, int percent) => lengths.Count == 0 ? null
        : lengths.Where(length => lengths.Count(other => other <= length) * 100 >= percent * lengths.Count).Min();

    /// <summary>The histories that a reader of rows would return.</summary>
    public IEnumerable<ConversationRecord> Histories() => conversations.Select(c =>
    {
        var row = new ReportedConversation(c.Now.ConversationId)
        {
            Channel = c.Now.Channel.Value,
            Status = c.Now.Status.Value,
            StatusAsOf = c.Now.Status.Version?.AsOf,
            FirstItemId = c.Now.FirstItemId.Value,
            CreatedAt = c.Now.CreatedAt.Value,
            LastItemAt = c.Now.LastItem!.Value.CreatedAt,
            FirstCustomerMessageAt = c.Now.FirstCustomerMessageAt,
            FirstAgentMessageAt = c.Now.FirstAgentMessageAt,
        };
        var status = c.Before.Count == 0 ? default : c.Before.Fold().Status;
        return new ConversationRecord(
            row, c.Now.LastItem.Value.CreatedAt < range.Since ? null : [.. c.Before.Select(ToReported).Shuffle()],
            status is { Value: { } value, Version: { } version }
                ? new StatusAtEnd(value, version.AsOf, version.Source is RegisterSource.Snapshot) : null);
    });

    public static ReportedEvent ToReported(BelcoEvent e) =>
        new(e.Conversation.Id, e.Item.CreatedAt, e.Date, e.RequestId, e.Item.Id, e.EventName)
        {
            Kind = e.Item.Type,
            ActorType = e.Item.ActorType,
            ActorId = e.Item.ActorId,
        };

    private static bool IsOpen((List<BelcoEvent> All, List<BelcoEvent> Before, ConversationState Now) conversation) =>
        conversation.Before.Count > 0 && conversation.Before.Fold().Status.Value is "open";

    private IEnumerable<BelcoEvent> InRange(string eventName) =>
        ofOneShop.Where(e => e.EventName == eventName && range.Contains(e.Item.CreatedAt));

    private IEnumerable<BelcoEvent> Messages(params string[] actors) => ofOneShop.Where(e =>
        e.Item.Type is "message" && actors.Contains(e.Item.ActorType) && range.Contains(e.Item.CreatedAt));

    private static DateTimeOffset? First(List<BelcoEvent> events, params string[] actors) => events
        .Find(e => e.Item.Type is "message" && actors.Contains(e.Item.ActorType))?.Item.CreatedAt;

    private static List<BelcoEvent> InOrder(IEnumerable<BelcoEvent> events) =>
    [
        .. events.OrderBy(e => e.Item.CreatedAt).ThenBy(e => e.Date)
            .ThenBy(e => e.RequestId, StringComparer.Ordinal).ThenBy(e => e.Item.Id, StringComparer.Ordinal)
            .ThenBy(e => e.Kind, StringComparer.Ordinal),
    ];
}
