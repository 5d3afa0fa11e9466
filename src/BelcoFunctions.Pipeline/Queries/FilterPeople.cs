using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Finds the people whom the values of a filter mean. A filter without people costs no request.</summary>
/// <param name="maxCustomers">The most names of customers that are read.</param>
internal sealed class FilterPeople(ConversationTable table, int maxCustomers)
{
    /// <summary>For a page, which must not take long: 20 requests.</summary>
    public const int MaxCustomersOfPage = 20_000;

    private static readonly string[] Columns = [Column.Id, Column.Name];

    private readonly RowScan rows = new(table);

    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="AnotherVersionException"/>
    public async Task<ResolvedFilter> ResolveAsync(
        string shopId, ConversationFilter filter, CancellationToken cancellationToken) => new(filter,
        TypedValue.From(filter.AssignedTo) is { } assignee
            ? await FindAssigneesAsync(shopId, assignee, cancellationToken) : null,
        TypedValue.From(filter.CustomerId) is { } customer
            ? await FindCustomersAsync(shopId, customer, cancellationToken) : null);

    private Task<FoundPeople> FindAssigneesAsync(string shopId, TypedValue typed, CancellationToken cancellationToken) =>
        typed.IsWord(ShownWords.Nobody) ? Task.FromResult(new FoundPeople(typed))
            : ReadAsync(shopId, typed, TableKeys.StaffNames, int.MaxValue, cancellationToken);

    private async Task<FoundPeople> FindCustomersAsync(string shopId, TypedValue typed, CancellationToken cancellationToken)
    {
        if (typed.IsWord(ShownWords.Unknown)) return new FoundPeople(typed);
        // Every customer has a row of their own, under the whole id.
        if (!typed.IsCut
            && await rows.FindAsync(shopId, TableKeys.Customer(typed.Text), [Column.RowKey], cancellationToken) is not null)
        {
            return new FoundPeople(typed) { IsWhole = true };
        }

        return await ReadAsync(
            shopId, typed, KeyRange.From(TableKeys.NamePrefix(NameKind.Contact)), maxCustomers, cancellationToken);
    }

    private async Task<FoundPeople> ReadAsync(
        string shopId, TypedValue typed, KeyRange keys, int most, CancellationToken cancellationToken)
    {
        var (isWhole, read) = (false, 0);
        HashSet<string> named = new(StringComparer.Ordinal);
        await foreach (var row in rows.ReadAsync(shopId, keys, condition: null, pageRows: null, Columns, cancellationToken))
        {
            if (++read > most) return new FoundPeople(typed) { IsWhole = isWhole, Named = named, IsPart = true };
            if (row[Column.Id] is not string id) continue;
            isWhole |= !typed.IsCut && id == typed.Text;
            if (row[Column.Name] is string name && typed.BeginsName(name)) named.Add(id);
        }

        return new FoundPeople(typed) { IsWhole = isWhole, Named = named };
    }
}
