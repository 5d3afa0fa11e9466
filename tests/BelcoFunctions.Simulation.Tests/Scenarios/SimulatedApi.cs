using System.Text.Json;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Importing;

namespace BelcoFunctions.Simulation.Tests.Scenarios;

/// <summary>Belco's API, which always has the same conversations, all read at the same moment. Each contact has a name.</summary>
internal sealed class SimulatedApi(IReadOnlyList<SimulatedImport> conversations) : IBelcoApi
{
    /// <summary>The name that nothing may contain after the contact is erased.</summary>
    public static string NameOf(string customer) => $"name-of-{customer}-end";

    public Task<BelcoAnswer?> GetAsync(string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var at = conversations[0].ReadAt;
        return Task.FromResult<BelcoAnswer?>(
            new BelcoAnswer(JsonSerializer.SerializeToUtf8Bytes(Answer(path.Split('/'))), ReadAt: at, AnsweredAt: at));
    }

    private JsonNode Answer(string[] path) => path switch
    {
        ["shops"] => new JsonArray(new JsonObject { ["_id"] = SimulatedEvent.Shop, ["name"] = "Shop" }),
        ["users"] or ["teams"] => new JsonArray(),
        ["shops", _, "contacts", var id] => new JsonObject { ["_id"] = id, ["pseudonym"] = NameOf(id) },
        ["conversations", var id] => Describe(Find(id)),
        ["conversations", var id, "items"] => new JsonArray([.. Find(id).Items.Select(ItemOf)]),
        // The first page has all.
        [var list] => new JsonObject
        {
            ["conversations"] = new JsonArray(
                list.EndsWith("skip=0", StringComparison.Ordinal) ? [.. conversations.Select(Describe)] : []),
        },
        _ => throw new NotSupportedException(string.Join('/', path)),
    };

    private SimulatedImport Find(string id) => conversations.Single(each => each.Conversation == id);

    private static JsonNode Describe(SimulatedImport conversation)
    {
        var json = new JsonObject
        {
            ["_id"] = conversation.Conversation,
            ["shopId"] = SimulatedEvent.Shop,
            ["status"] = conversation.Status,
            ["assignedTo"] = conversation.Assignee,
            ["createdAt"] = EventTime.ToText(SimulatedEvent.Start.AddSeconds(conversation.Created)),
            ["subject"] = conversation.Subject,
        };
        if (conversation.Customer is { } customer) json["customerId"] = customer;
        return json;
    }

    private static JsonNode ItemOf(SimulatedEvent item) =>
        JsonNode.Parse(item.Body)!["payload"]!["conversation_item"]!.DeepClone();
}
