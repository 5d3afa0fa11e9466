using System.Net;
using System.Net.Http.Json;

namespace BelcoFunctions.Cli.Output;

/// <summary>A conversation with its timeline, as the read API returns it.</summary>
internal sealed record ConversationView(ShownConversation Conversation, IReadOnlyList<ShownEvent> Timeline)
{
    /// <summary>Reads a conversation; null if it does not exist yet.</summary>
    public static async Task<ConversationView?> FetchAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound) return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<ConversationView>(cancellationToken);
    }
}

/// <summary>The fields of a conversation that are shown.</summary>
internal sealed record ShownConversation(
    string ShopId, string ConversationId, string? Channel, string? Type, string? CustomerId,
    string? Status, DateTimeOffset? StatusAsOf, string? StatusSource,
    string? AssignedTo, DateTimeOffset? AssignedToAsOf, string? AssignedToSource,
    DateTimeOffset? CreatedAt, DateTimeOffset? LastItemAt, DateTimeOffset? LastClosedAt, string? LastMessage,
    int LastMessageAttachments, double? FirstResponseSeconds,
    int CustomerMessages, int AgentMessages, int Notes, int Assignments, int Closes, int Reopens, int Events);

/// <summary>The fields of a timeline entry that are shown.</summary>
internal sealed record ShownEvent(
    DateTimeOffset At, string Kind, string EventName, string? ActorType, string? ActorId, string? Body,
    string? AssignedTo, string? PreviousAssignee, string? PreviousStatus)
{
    public string ItemKind => Pipeline.Events.ItemKind.From(EventName, Kind);
}
