using Microsoft.AspNetCore.Http;

namespace BelcoFunctions.Viewer.Shared;

/// <summary>The address of a search.</summary>
/// <param name="ShopId">The shop; null if the page with the search box belongs to none.</param>
/// <param name="Text">What to search for; null if nothing was typed.</param>
/// <param name="After">The token of an earlier search to continue; null to begin with the newest.</param>
public sealed record SearchAddress(string? ShopId, string? Text, string? After)
{
    public const string Path = "/search";
    public const string Query = "q";

    public static SearchAddress Read(IQueryCollection query) => new(
        RequestFields.Given(query, ListAddress.Shop), RequestFields.Given(query, Query),
        RequestFields.Given(query, ListAddress.AfterName));

    /// <summary>The address as text.</summary>
    public string Value => Path + RequestFields.Query(
        (ListAddress.Shop, ShopId), (Query, Text), (ListAddress.AfterName, After));
}
