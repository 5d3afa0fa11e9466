using System.Net;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Pipeline.Tests.Queries;

/// <summary>Filters accept what people see: first characters, names, words and dates.</summary>
public sealed class ConversationFilterTests(AzuriteFixture azurite) : TableTests(azurite)
{
    [AzuriteTheory]
    [InlineData("status=Closed", "closed")]
    [InlineData("status=OPEN", "answered asked nobody")]
    [InlineData("channel=Chat", "answered asked closed nobody")]
    [InlineData("channel=%E2%80%93", "")]
    [InlineData("assignedTo=Nobody", "nobody")]
    [InlineData("assignedTo=nobody&status=Open", "nobody")]
    [InlineData("assignedTo=agent", "answered asked closed")]
    [InlineData("assignedTo=agent-1", "asked")]
    [InlineData("assignedTo=agent-1%E2%80%A6", "answered asked")]
    [InlineData("assignedTo=anna", "answered")]
    [InlineData("assignedTo=Jansen", "answered")]
    [InlineData("assignedTo=AGENT", "")]
    [InlineData("customerId=customer-1", "asked")]
    [InlineData("customerId=customer-1%E2%80%A6", "answered asked")]
    [InlineData("customerId=cust", "answered asked closed nobody")]
    [InlineData("customerId=zo%C3%AB", "closed")]
    [InlineData("waiting=true", "asked nobody")]
    [InlineData("waiting=True&assignedTo=Nobody", "nobody")]
    [InlineData("waiting=false", "answered asked closed nobody")]
    [InlineData("since=2025-06-11T09:05Z", "closed nobody")]
    [InlineData("since=2025-06-11T11:05%2B02:00", "closed nobody")]
    [InlineData("until=2025-06-11T09:05", "answered asked")]
    [InlineData("since=2025-06-11T09:05:00.000Z&until=2025-06-11T09:10:00Z", "closed")]
    [InlineData("since=2025-06-11&until=2025-06-12", "answered asked closed nobody")]
    [InlineData("since=2025-06-12", "")]
    [InlineData("assignedTo=%20&status=%20", "answered asked closed nobody")]
    [InlineData("assignedTo='%20or%20''%20eq%20'", "")]
    public async Task A_filter_finds_conversations_by_what_people_see(string query, string found)
    {
        await FillAsync();

        var pages = await new ReadApi(Table).PagesAsync($"{query}&top=1").ToListAsync();

        Assert.Equal(found, string.Join(' ', pages.SelectMany(page => page)
            .Select(row => (string)row!["conversationId"]!).Order()));
    }

    [AzuriteTheory]
    [InlineData("status=clsed", "No conversation has the status \"clsed\".")]
    [InlineData("channel=phone", "No conversation has the channel \"phone\".")]
    [InlineData("assignedTo=bert", "No conversation is assigned to \"bert\".")]
    [InlineData("customerId=none", "No conversation has the customer \"none\".")]
    [InlineData("customerId=Unknown", "No conversation has an unknown customer.")]
    [InlineData("since=2025-06-12", "No conversation was last active in this time.")]
    [InlineData("since=2025-06-12&status=closed", "No conversation was last active in this time.")]
    [InlineData("since=2025-06-11&status=a", "Of the conversations that were searched (4), none has the status \"a\".")]
    [InlineData("status=closed&assignedTo=agent-1")]
    [InlineData("status=Open")]
    [InlineData("status=a&channel=b",
        "No conversation has the status \"a\".", "No conversation has the channel \"b\".")]
    public async Task A_value_that_no_conversation_has_is_said(string query, params string[] notes)
    {
        await FillAsync();

        var list = ReadApi.Json(await new ReadApi(Table).ListAsync(query));

        Assert.Equal(notes, list["notes"]?.AsArray().Select(note => (string)note!) ?? []);
    }

    [AzuriteFact]
    public async Task Nobody_and_waiting_are_said_too_when_there_is_none()
    {
        await Table.ProjectAsync(Asked("c", 1, "agent-1", "customer-1", "closed"));

        var list = ReadApi.Json(await new ReadApi(Table).ListAsync("assignedTo=Nobody&waiting=true"));

        Assert.Equal(["No conversation is assigned to nobody.", "No conversation waits for an answer."],
            list["notes"]!.AsArray().Select(note => (string)note!));
    }

    [AzuriteFact]
    public async Task Dates_alone_cost_one_request_and_people_cost_one_more_each()
    {
        await FillAsync();
        var api = new ReadApi(Table, Log);

        Log.Clear();
        await api.ListAsync("since=2025-06-11T09:05Z");
        Assert.Equal(1, Log.Total);
        Log.Clear();
        // The names of agents; whether the customer is known.
        await api.ListAsync("assignedTo=agent-1&customerId=customer-1");
        Assert.Equal((2, 1), (Log.Queries, Log.PointReads));
    }

    [AzuriteTheory]
    [InlineData("since=2025-13-01", "since is not a date")]
    [InlineData("until=2025-06-11T09:00+02:00", "until is not a date")]
    [InlineData("since=0001-01-01", "since is not a date")]
    [InlineData("since=9999-12-31T23:59:59.9999999Z", "since is not a date")]
    [InlineData("since=2025-06-12&until=2025-06-12", "since must be before until.")]
    [InlineData("waiting=1", "waiting is not true or false.")]
    public async Task A_parameter_that_is_not_understood_is_refused_with_a_sentence(string query, string sentence)
    {
        // Unlike a browser, this caller does not encode the plus.
        var reply = await new ReadApi(Table).ListAsync(query.Replace("+", "%20", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.StartsWith(sentence, (string)JsonNode.Parse(reply.Body.Span)!["detail"]!, StringComparison.Ordinal);
    }

    [AzuriteFact]
    public async Task Counting_says_how_many_wait_and_follows_the_filter()
    {
        await FillAsync();
        var (queries, counts) = (new ConversationQueries(Table.Conversations()), new ConversationCounts(Table.Conversations()));

        Assert.Equal(new ConversationCount(4, Waiting: 2, IsPart: false), await CountAsync(new()));
        Assert.Equal(new ConversationCount(1, Waiting: 1, IsPart: false), await CountAsync(new(AssignedTo: "Nobody")));
        Assert.Equal(new ConversationCount(1, Waiting: 0, IsPart: false), await CountAsync(new("Closed")));
        var each = await counts.CountEachAsync([EventFactory.ShopId, "none"], default);
        Assert.Equal([(4, 2), (0, 0)], each.Select(count => (count!.Conversations, count.Waiting)));
        Assert.Equal([EventFactory.Start.AddMinutes(10), null], each.Select(count => count!.LastItemAt));

        async Task<ConversationCount> CountAsync(ConversationFilter filter) => (await counts.CountAsync(
            EventFactory.ShopId, await queries.ResolveAsync(EventFactory.ShopId, filter, default), default))
            with
        { LastItemAt = null };
    }

    // Each conversation is five minutes after the one before it.
    private async Task FillAsync()
    {
        var table = Table.Conversations();
        await NameRows.WriteAsync(table, EventFactory.ShopId, "agent-10", "Anna Jansen", NameKind.User);
        await NameRows.WriteAsync(table, EventFactory.ShopId, "agent-1", "Ben", NameKind.User);
        await NameRows.WriteAsync(table, EventFactory.ShopId, "customer-2", "Zoë de Vries", NameKind.Contact);
        await Table.ProjectAsync(
            Asked("asked", 0, "agent-1", "customer-1", "open"),
            Asked("answered", 60, "agent-10", "customer-10", "open"), Answered("answered", 120, "agent-10", "customer-10"),
            Asked("closed", 300, "agent-2", "customer-2", "closed"),
            Asked("nobody", 600, null, "customer-3", "open"));
    }

    private static QueuedEvent Asked(string id, int second, string? assignee, string customer, string status) =>
        Message(id, second, assignee, customer, status, "customer");

    private static QueuedEvent Answered(string id, int second, string assignee, string customer) =>
        Message(id, second, assignee, customer, "open", "user");

    private static QueuedEvent Message(
        string id, int second, string? assignee, string customer, string status, string actor) =>
        EventFactory.Reply(id, second, item =>
        {
            item["reference"] = new JsonObject { ["type"] = actor, ["_id"] = "somebody" };
            var snapshot = item.Parent!["conversation"]!.AsObject();
            snapshot["customerId"] = customer;
            snapshot["status"] = status;
            snapshot["channel"] = "chat";
            if (assignee is null) snapshot.Remove("assignedTo");
            else snapshot["assignedTo"] = assignee;
        }).ToQueued();
}
