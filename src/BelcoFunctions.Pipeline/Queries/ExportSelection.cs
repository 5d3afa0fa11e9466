using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>The rows of a shop to export.</summary>
/// <param name="ShopId">The shop.</param>
/// <param name="Filter">What the conversation must have, also if its timeline is exported.</param>
/// <param name="Since">Nothing before it: of conversations their last item, of a timeline the item. Null for no limit.</param>
/// <param name="Until">Only what is before it; null for no limit.</param>
public sealed record ExportSelection(
    string ShopId, ConversationFilter Filter, DateTimeOffset? Since = null, DateTimeOffset? Until = null)
{
    /// <summary>A condition on a column of times; null for none.</summary>
    internal string? Within(string column)
    {
        string?[] limits =
        [
            Since is { } since ? RowFilter.Where(column, "ge", since) : null,
            Until is { } until ? RowFilter.Where(column, "lt", until) : null,
        ];
        return limits.All(limit => limit is null) ? null : string.Join(" and ", limits.OfType<string>());
    }
}
