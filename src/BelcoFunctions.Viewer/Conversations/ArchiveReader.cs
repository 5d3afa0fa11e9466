using BelcoFunctions.Pipeline.Events;
using BelcoFunctions.Pipeline.Queries;
using BelcoFunctions.Pipeline.Queueing;
using BelcoFunctions.Viewer.Shared;

namespace BelcoFunctions.Viewer.Conversations;

/// <summary>Reads the data of the pages with the library's queries. It writes nothing.</summary>
internal sealed class ArchiveReader(
    ConversationQueries conversations, ConversationCounts counts, ShopQueries shops, RawEventQuery events, NameQueries names)
{
    /// <summary>Conversations on a page of the list.</summary>
    public const int ListRows = 50;

    /// <summary>Conversations that wait for an answer on a page. They are sorted by how long they wait, so one page should have
    /// all of them.</summary>
    public const int WaitingRows = 500;

    /// <summary>Events on a page of a conversation.</summary>
    public const int TimelineRows = 200;

    /// <summary>Shops on a page. Each one costs two requests.</summary>
    public const int ShopRows = 50;

    public Task<ShopPage> ListShopsAsync(string? after, CancellationToken cancellationToken) =>
        shops.ListAsync(ShopRows, after, cancellationToken);

    /// <summary>Counts the conversations of each shop, in the same order; null where they cannot be read.</summary>
    public Task<IReadOnlyList<ConversationCount?>> CountEachAsync(
        IReadOnlyList<string> shopIds, CancellationToken cancellationToken) => counts.CountEachAsync(shopIds, cancellationToken);

    public Task<ResolvedFilter> ResolveAsync(ListAddress address, CancellationToken cancellationToken) =>
        conversations.ResolveAsync(address.ShopId, address.Filter, cancellationToken);

    public Task<ConversationCount> CountAsync(string shopId, ResolvedFilter filter, CancellationToken cancellationToken) =>
        counts.CountAsync(shopId, filter, cancellationToken);

    /// <summary>Returns null if the token does not belong to this list.</summary>
    public async Task<ConversationList?> ListConversationsAsync(
        string shopId, ResolvedFilter filter, string? token, CancellationToken cancellationToken)
    {
        var isWaiting = filter.Filter.IsWaiting;
        if (PageRequest.OfConversations(isWaiting ? WaitingRows : ListRows, token) is not { } page) return null;
        var listed = await conversations.ListAsync(shopId, filter, page, cancellationToken);
        IReadOnlyList<ConversationSummary> rows = isWaiting
            ? [.. listed.Rows.OrderBy(conversation => conversation.WaitingSince())] : listed.Rows;
        return new ConversationList(rows, listed.ContinuationToken) { Notes = listed.Notes };
    }

    /// <summary>Returns null if there is no such conversation, or if the token does not belong to its timeline.</summary>
    public async Task<ConversationPart?> ReadConversationAsync(
        string shopId, string conversationId, string? token, CancellationToken cancellationToken)
    {
        if (PageRequest.OfTimeline(conversationId, TimelineRows, token) is not { } page) return null;
        if (await conversations.GetConversationAsync(shopId, conversationId, cancellationToken) is not { } found) return null;
        // Read the timeline second, so that it has at least the events that the conversation counts.
        var timeline = await conversations.GetTimelineAsync(found, page, cancellationToken);
        return new ConversationPart(found, timeline.Rows, IsFirst: token is null, timeline.ContinuationToken);
    }

    /// <summary>The names of a shop's agents, and of the customers on a page.</summary>
    /// <param name="part">The conversation that the page shows; null for a page with a list only.</param>
    public Task<Names> ReadNamesAsync(
        string shopId, ConversationList list, ConversationPart? part, CancellationToken cancellationToken) => names.ReadAsync(
        shopId,
        [
            .. list.Conversations.Select(conversation => conversation.CustomerId),
            part?.Conversation.CustomerId,
            .. part?.Entries.Select(entry => entry.ToContactId()) ?? [],
        ], cancellationToken);

    public Task<RawEventResult> ReadEventAsync(ItemIdentity e, CancellationToken cancellationToken) =>
        events.ReadAsync(e, cancellationToken);
}

/// <summary>A page of a shop's conversations.</summary>
/// <param name="Conversations">The most recently active first.</param>
/// <param name="ContinuationToken">The token of the next page; null on the last page.</param>
public sealed record ConversationList(IReadOnlyList<ConversationSummary> Conversations, string? ContinuationToken)
{
    public static ConversationList Empty { get; } = new([], ContinuationToken: null);

    /// <summary>Sentences about the list, which may quote text from outside.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
