using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>The rows of a shop to export.</summary>
/// <param name="ShopId">The shop.</param>
/// <param name="Filter">Selects conversations. It applies to an export of timelines too.</param>
/// <param name="Since">Selects conversations whose last item is at this time or later. In an export of timelines, it selects
/// items at this time or later instead. Null for no limit.</param>
/// <param name="Until">The same, but before this time. Null for no limit.</param>
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
