using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Selects conversations of a shop. A null property matches all.</summary>
public sealed record ConversationFilter(
    string? Status = null, string? AssignedTo = null, string? CustomerId = null, string? Channel = null)
{
    internal bool IsEmpty => this == new ConversationFilter();

    internal bool Matches(TableEntity row) =>
        Wanted.All(wanted => row[wanted.Column] as string == wanted.Value);

    /// <summary>The filter as a condition for the table service; null if all conversations match.</summary>
    internal string? Condition => IsEmpty ? null : string.Join(" and ",
        Wanted.Select(wanted => RowFilter.Where(wanted.Column, "eq", wanted.Value)));

    private IEnumerable<(string Column, string Value)> Wanted => new (string Column, string? Value)[]
    {
        (Column.Status, Status), (Column.AssignedTo, AssignedTo), (Column.CustomerId, CustomerId), (Column.Channel, Channel),
    }.Where(wanted => wanted.Value is not null).Select(wanted => (wanted.Column, wanted.Value!));
}
