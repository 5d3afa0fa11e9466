using System.Globalization;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Conversations;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>A filter whose names were looked up in the archive. <see cref="ConversationQueries.ResolveAsync"/> makes
/// it.</summary>
public sealed class ResolvedFilter
{
    private readonly FoundPeople? assignees;
    private readonly FoundPeople? customers;

    internal ResolvedFilter(ConversationFilter filter, FoundPeople? assignees, FoundPeople? customers) =>
        (Filter, this.assignees, this.customers) = (filter, assignees, customers);

    public ConversationFilter Filter { get; }

    /// <summary>The columns that decide.</summary>
    internal static IReadOnlyList<string> Columns { get; } =
    [
        Column.Status, Column.AssignedTo, Column.CustomerId, Column.Channel, Column.LastItemAt,
        Column.LastCustomerMessageAt, Column.LastAgentMessageAt,
    ];

    /// <summary>What the filter could not search.</summary>
    internal IEnumerable<string> Limits => customers is { IsPart: true }
        ? [string.Create(CultureInfo.InvariantCulture, $"Only the first {FilterPeople.MaxCustomersOfPage:N0} names of customers "
            + $"were searched. To find another customer, type the first characters of the id.")] : [];

    /// <summary>The conditions that a conversation must meet.</summary>
    internal IEnumerable<Criterion> Criteria()
    {
        if (TypedValue.From(Filter.Status) is { } status)
        {
            yield return new($"has the status {status.Quoted}", row =>
                Text(row, Column.Status) is var stored && status.Is(stored, ShownWords.OfStatus(stored)));
        }

        if (TypedValue.From(Filter.Channel) is { } channel)
        {
            yield return new($"has the channel {channel.Quoted}", row =>
                Text(row, Column.Channel) is var stored && channel.Is(stored, ShownWords.OfChannel(stored)));
        }

        if (assignees is not null)
        {
            yield return assignees.Typed.IsWord(ShownWords.Nobody)
                ? new("is assigned to nobody", row => Text(row, Column.AssignedTo) is null)
                : new($"is assigned to {assignees.Typed.Quoted}", row =>
                    Text(row, Column.AssignedTo) is { } id && assignees.Has(id));
        }

        if (customers is not null)
        {
            yield return customers.Typed.IsWord(ShownWords.Unknown)
                ? new("has an unknown customer", row => Text(row, Column.CustomerId) is null)
                : new($"has the customer {customers.Typed.Quoted}", row =>
                    Text(row, Column.CustomerId) is { } id && customers.Has(id));
        }

        if (Filter.IsWaiting) yield return new("waits for an answer", row => WaitingSince(row) is not null);
        if (Filter.Since is not null || Filter.Until is not null)
        {
            yield return new("was last active in this time", row =>
                Time(row, Column.LastItemAt) is var last && !(last < Filter.Since) && !(last >= Filter.Until));
        }
    }

    internal static DateTimeOffset? WaitingSince(TableEntity row) => WaitingForAnswer.Since(
        Text(row, Column.Status), Time(row, Column.LastCustomerMessageAt), Time(row, Column.LastAgentMessageAt));

    // A value of another type does not match. Whoever reads the whole row says that it is damaged.
    private static string? Text(TableEntity row, string column) => row[column] as string;

    private static DateTimeOffset? Time(TableEntity row, string column) => row[column] as DateTimeOffset?;
}

/// <summary>One condition of a filter.</summary>
/// <param name="Predicate">What it asks of a conversation, as the end of a sentence.</param>
/// <param name="IsMet">Whether a row meets it.</param>
internal sealed record Criterion(string Predicate, Predicate<TableEntity> IsMet);
