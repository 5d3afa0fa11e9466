using System.Net;
using System.Net.Http.Json;
using BelcoFunctions.Pipeline.Queries;

namespace BelcoFunctions.Cli.Output;

/// <summary>A conversation with its timeline, as the read API returns it.</summary>
internal sealed record ConversationView(ConversationSummary Conversation, IReadOnlyList<TimelineEntry> Timeline)
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
