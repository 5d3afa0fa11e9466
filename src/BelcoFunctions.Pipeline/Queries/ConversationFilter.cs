using Azure.Data.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Selects conversations of a shop. A property that is null selects all.</summary>
public sealed record ConversationFilter(
    string? Status = null, string? AssignedTo = null, string? CustomerId = null, string? Channel = null)
{
    internal bool IsEmpty => this == new ConversationFilter();

    internal bool Matches(TableEntity row) =>
        Matches(row, "Status", Status) && Matches(row, "AssignedTo", AssignedTo)
        && Matches(row, "CustomerId", CustomerId) && Matches(row, "Channel", Channel);

    private static bool Matches(TableEntity row, string column, string? wanted) =>
        wanted is null || row[column] as string == wanted;
}
