using Azure.Data.Tables;

namespace BelcoFunctions.Pipeline.Tables;

/// <summary>The people whom a shop's conversations name.</summary>
internal sealed class NamedPeople
{
    private static readonly string[] Columns =
    [
        Column.PartitionKey, Column.RowKey, Column.SchemaVersion, Column.ShopId, Column.ConversationId, Column.CustomerId,
        Column.AssignedTo, Column.LastItemAt,
    ];

    private readonly HashSet<string> customers = new(StringComparer.Ordinal);
    private readonly HashSet<string> assignees = new(StringComparer.Ordinal);

    private NamedPeople() { }

    public IReadOnlySet<string> Customers => customers;

    /// <summary>Users, and maybe teams.</summary>
    public IReadOnlySet<string> Assignees => assignees;

    // Whether every row could be read. Otherwise there may be others.
    private bool IsComplete { get; set; } = true;

    /// <summary>Reads the rows of all conversations of a shop: 1,000 with each request.</summary>
    /// <param name="isGone">Leaves out conversations, by their ids and their last item; null for none.</param>
    /// <exception cref="StoreUnavailableException"/>
    public static async Task<NamedPeople> ReadAsync(ConversationTable table, string shopId,
        Func<string, DateTimeOffset, bool>? isGone, CancellationToken cancellationToken)
    {
        var people = new NamedPeople();
        await foreach (var row in table.ListRowsAsync(shopId, condition: null, Columns, cancellationToken))
        {
            people.Add(row, isGone);
        }

        return people;
    }

    /// <summary>The names of contacts whom no conversation names; none of them if a row could not be read.</summary>
    public IEnumerable<StoredName> Unnamed(IEnumerable<StoredName> contacts)
    {
        if (!IsComplete) return [];
        var named = customers.Select(id => TableKeys.Name(NameKind.Contact, id)).ToHashSet(StringComparer.Ordinal);
        return contacts.Where(contact => !contact.IsOfAnotherVersion && !named.Contains(contact.RowKey));
    }

    private void Add(TableEntity row, Func<string, DateTimeOffset, bool>? isGone)
    {
        var (customer, assignee) = (row[Column.CustomerId], row[Column.AssignedTo]);
        if (row[Column.SchemaVersion] is not RowValues.SchemaVersion || customer is not (null or string)) IsComplete = false;
        if (row[Column.LastItemAt] is DateTimeOffset last
            && isGone?.Invoke(ConversationTable.ToIds(row).ConversationId, last) is true) return;
        if (customer is string id) customers.Add(id);
        if (assignee is string user) assignees.Add(user);
    }
}
