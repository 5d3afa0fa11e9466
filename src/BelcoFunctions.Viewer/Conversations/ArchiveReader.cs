using System.Text.Json;
using System.Text.Json.Nodes;
using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>Reads what the pages show through the library's queries. It writes nothing.</summary>
internal sealed class ArchiveReader(ConversationQueries conversations, ShopQueries shops, RawEventQuery events)
{
    /// <summary>Conversations on a page of the list.</summary>
    public const int ListRows = 50;

    /// <summary>Events on a page of a conversation.</summary>
    public const int TimelineRows = 200;

    /// <summary>Shops on a page, each of which costs a request.</summary>
    public const int ShopRows = 50;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly string ListTop = $"{ListRows}";
    private static readonly string TimelineTop = $"{TimelineRows}";

    public Task<ShopPage> ListShopsAsync(string? after, CancellationToken cancellationToken) =>
        shops.ListAsync(ShopRows, after, cancellationToken);

    /// <summary>Null if the token is not one of this list.</summary>
    public async Task<ConversationList?> ListConversationsAsync(
        string shopId, ConversationFilter filter, string? token, CancellationToken cancellationToken)
    {
        var (page, _) = PageRequest.OfConversations(ListTop, token);
        if (page is null) return null;
        var rows = await conversations.ListAsync(shopId, filter, page, cancellationToken);
        return new ConversationList(Read<ConversationSummary>(rows.Rows), rows.ContinuationToken);
    }

    /// <summary>Null if there is no such conversation, or the token is not one of its timeline.</summary>
    public async Task<ConversationPart?> ReadConversationAsync(
        string shopId, string conversationId, string? token, CancellationToken cancellationToken)
    {
        var (page, _) = PageRequest.OfTimeline(conversationId, TimelineTop, token);
        if (page is null) return null;
        if (await conversations.GetConversationAsync(shopId, conversationId, cancellationToken) is not { } row) return null;
        // Read the timeline second: then it has at least the events that the conversation counts.
        var timeline = await conversations.GetTimelineAsync(shopId, page, cancellationToken);
        return new ConversationPart(Read<ConversationSummary>(row), Read<TimelineEntry>(timeline.Rows),
            IsFirst: token is null, timeline.ContinuationToken);
    }

    public Task<RawEventResult> ReadEventAsync(EventIdentity e, CancellationToken cancellationToken) =>
        events.ReadAsync(e, cancellationToken);

    private static List<T> Read<T>(JsonArray rows) => [.. rows.Select(row => Read<T>(row!))];

    private static T Read<T>(JsonNode row)
    {
        try
        {
            return row.Deserialize<T>(Json)!;
        }
        catch (JsonException exception)
        {
            throw new DamagedRowException($"of conversation {row["conversationId"]}", exception);
        }
    }
}

/// <summary>A page of a shop's conversations.</summary>
/// <param name="Conversations">The most recently active first.</param>
/// <param name="ContinuationToken">The token of the next page; null on the last page.</param>
public sealed record ConversationList(IReadOnlyList<ConversationSummary> Conversations, string? ContinuationToken);
