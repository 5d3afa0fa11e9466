using BelcoFunctions.Generator.People;
using BelcoFunctions.Generator.Webhooks;
using BelcoFunctions.Pipeline.Events;
using Bogus;

namespace BelcoFunctions.Generator.Conversations;

/// <summary>What happened in a conversation, in the order in which it happened.</summary>
internal sealed class ConversationHistory(string id, string shopId, Customer customer, Channel channel, DateTimeOffset createdAt)
{
    private static readonly string[] Referrers =
        ["https://www.google.com/", "https://www.google.nl/", "https://www.instagram.com/", GeneratedShop.Site];

    private readonly List<HistoryItem> items = [];

    public string Id => id;
    public Customer Customer => customer;
    public Channel Channel => channel;
    public DateTimeOffset CreatedAt => createdAt;
    public IReadOnlyList<HistoryItem> Items => items;
    public HistoryState State { get; private set; } = new("open", null);

    /// <summary>Removes the items after a time, except the first item.</summary>
    public void CutAfter(DateTimeOffset end)
    {
        items.RemoveAll(item => item.Item.CreatedAt > end && item != items[0]);
        State = items[^1].After;
    }

    public void AddCustomerMessage(
        string body, DateTimeOffset at, string page, IReadOnlyList<WebhookAttachment>? files, Randomizer random)
    {
        var isFirst = items.Count == 0;
        var item = NewItem("message", at, new WebhookReference("customer", customer.Id), random) with
        {
            Body = body,
            Via = channel.HasPage ? null : channel.Name,
            Attachments = files,
        };
        if (isFirst && channel.HasPage)
        {
            item = item with
            {
                PageUrl = $"{GeneratedShop.Site}{page.ToLowerInvariant().Replace(' ', '-')}",
                PageTitle = $"{page} | {GeneratedShop.Name}",
                PageReferrer = random.ArrayElement(Referrers),
            };
        }

        Add(isFirst ? EventNames.ConversationCreated : EventNames.ConversationReplied, item, State);
    }

    public void AddAgentMessage(
        string body, DateTimeOffset at, Agent agent, IReadOnlyList<WebhookAttachment>? files, Randomizer random) =>
        Add(EventNames.ConversationReplied, NewItem("message", at, By(agent), random) with
        {
            Body = body,
            Via = "web",
            Attachments = files ?? [],
            PreSaveId = $"{id}-{random.Hexadecimal(32, "")}",
        }, State);

    public void AddNote(string body, DateTimeOffset at, Agent agent, Randomizer random) =>
        Add(EventNames.ConversationNoteAdded, NewItem("note", at, By(agent), random) with { Body = body }, State);

    public void AddAssignment(Agent by, Agent to, DateTimeOffset at, Randomizer random) =>
        Add(EventNames.ConversationAssigned, NewItem("assignment", at, By(by), random) with
        {
            Meta = new() { AssignedTo = to.Id, PreviousUserId = State.AssignedTo },
        }, State with { AssignedTo = to.Id });

    /// <summary>Assigns the conversation without an event. Only later snapshots show it.</summary>
    public void AssignWithoutEvent(Agent to) => State = State with { AssignedTo = to.Id };

    public void AddClose(Agent by, DateTimeOffset at, Randomizer random) => Add(
        EventNames.ConversationClosed, NewItem("close", at, By(by), random), State with { Status = "closed" });

    /// <param name="by">Null when a message of the customer reopens it.</param>
    /// <param name="at">When.</param>
    /// <param name="random">For the id.</param>
    public void AddReopening(Agent? by, DateTimeOffset at, Randomizer random) =>
        Add(EventNames.ConversationReopened,
            NewItem("open", at, by is null ? new WebhookReference("auto") : By(by), random) with
            {
                Meta = new() { Status = State.Status },
            }, State with { Status = "open" });

    private void Add(string eventName, WebhookItem item, HistoryState after)
    {
        items.Add(new(eventName, item, State, after));
        State = after;
    }

    private WebhookItem NewItem(string type, DateTimeOffset at, WebhookReference by, Randomizer random) => new()
    {
        Id = random.BelcoId(),
        Type = type,
        Reference = by,
        ShopId = shopId,
        ConversationId = id,
        CreatedAt = at,
        ViaApi = false,
        UpdatedAt = at.AddMilliseconds(random.Int(0, 190)),
    };

    private static WebhookReference By(Agent agent) => new("user", agent.Id);
}
