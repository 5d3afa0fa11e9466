using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries.Search;

namespace BelcoFunctions.Cli.Output;

/// <summary>Writes the result of a search as JSON, for programs. docs/querying.md describes it.</summary>
internal static class SearchJson
{
    public static JsonObject From(IEnumerable<FoundConversation> found, SearchProgress.Ended end) => new()
    {
        ["conversations"] = new JsonArray([.. found.Select(ConversationOf)]),
        ["searched"] = end.Searched,
        ["searchedBackTo"] = Time(end.BackTo),
        ["incomplete"] = end.Incomplete,
        ["continuationToken"] = end.ContinuationToken,
    };

    private static JsonObject ConversationOf(FoundConversation found)
    {
        var (conversation, names) = (found.Conversation, found.Names);
        return new JsonObject
        {
            ["conversationId"] = conversation.ConversationId,
            ["customerId"] = conversation.CustomerId,
            ["customerName"] = names.OfCustomer(conversation.CustomerId),
            ["status"] = conversation.Status,
            ["channel"] = conversation.Channel,
            ["assignedTo"] = conversation.AssignedTo,
            ["assignedToName"] = names.OfAssignee(conversation.AssignedTo),
            ["lastItemAt"] = Time(conversation.LastItemAt),
            ["places"] = new JsonArray([.. found.Places.Select(PlaceOf)]),
        };
    }

    // A program gets a place's text without marks, and what would be marked in it.
    private static JsonObject PlaceOf(FoundPlace place) => new()
    {
        ["in"] = char.ToLowerInvariant($"{place.In}"[0]) + $"{place.In}"[1..],
        ["at"] = Time(place.At),
        ["actorType"] = place.ActorType,
        ["actorId"] = place.ActorId,
        ["text"] = string.Concat(place.Text.Pieces.Select(piece => piece.Text)),
        ["found"] = new JsonArray([.. place.Text.Pieces.Where(piece => piece.IsFound).Select(piece => (JsonNode)piece.Text)]),
    };

    private static string? Time(DateTimeOffset? time) => time is { } known ? EventTime.ToText(known) : null;
}
