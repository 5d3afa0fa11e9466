using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries.Search;

/// <summary>A search in the conversations of a shop.</summary>
public sealed record SearchRequest
{
    private SearchRequest(string shopId, SearchQuery query, KeyRange keys) => (ShopId, Query, Keys) = (shopId, query, keys);

    public string ShopId { get; }

    public SearchQuery Query { get; }

    /// <summary>The recent rows to search.</summary>
    internal KeyRange Keys { get; }

    /// <summary>Null if the token is not one of this list of conversations.</summary>
    /// <param name="shopId">The shop.</param>
    /// <param name="query">What to search for.</param>
    /// <param name="since">Only conversations that were last active at this time or later; null for all.</param>
    /// <param name="continuationToken">The token that an earlier search returned; null to begin with the newest.</param>
    public static SearchRequest? Create(
        string shopId, SearchQuery query, DateTimeOffset? since = null, string? continuationToken = null)
    {
        if (PageRequest.OfConversations(top: 1, continuationToken) is not { Keys: var keys }) return null;
        if (since is { } time) keys = keys with { Before = TableKeys.RecentLimit(time) };
        return new SearchRequest(shopId, query, keys);
    }
}
