using System.Collections.Concurrent;
using Azure.Data.Tables;
using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Queries;

/// <summary>Reads names for ids, with few requests: a shop's users and teams with one, and each contact with one, in parallel.
/// What was read is remembered for a minute, so a name may still be shown for a minute after it was erased.</summary>
/// <param name="time">Says how old a remembered name is.</param>
public sealed class NameQueries(ConversationTable table, TimeProvider time)
{
    /// <summary>How long a name is remembered.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    private const int MaxRemembered = 10_000;

    private static readonly string[] Columns = [Column.Id, Column.Name];

    private readonly RowScan rows = new(table);
    private readonly ConcurrentDictionary<string, Remembered<Staff>> staff = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string ShopId, string Id), Remembered<string?>> contacts = [];

    /// <summary>The names of a shop's users and teams, and of some contacts.</summary>
    /// <param name="shopId">The shop.</param>
    /// <param name="contactIds">The contacts. Null values and repetitions do not matter.</param>
    /// <param name="cancellationToken">Cancels between two requests.</param>
    /// <exception cref="StoreUnavailableException"/>
    /// <exception cref="AnotherVersionException"/>
    public async Task<Names> ReadAsync(string shopId, IEnumerable<string?> contactIds, CancellationToken cancellationToken)
    {
        var known = await ReadStaffAsync(shopId, cancellationToken);
        var found = known.HasContacts
            ? await ReadContactsAsync(shopId, contactIds.OfType<string>().Distinct(), cancellationToken) : [];
        return new Names(known.Users, known.Teams, found);
    }

    private async Task<Staff> ReadStaffAsync(string shopId, CancellationToken cancellationToken)
    {
        if (staff.TryGetValue(shopId, out var remembered) && IsFresh(remembered)) return remembered.Value;
        var at = time.GetUtcNow();
        var (users, teams) = (NewNames(), NewNames());
        await foreach (var row in rows.ReadAsync(
            shopId, TableKeys.StaffNames, condition: null, pageRows: null, Columns, cancellationToken))
        {
            if ((row[Column.Id], row[Column.Name]) is not (string id, string name)) continue;
            var isUser = row.RowKey.StartsWith(TableKeys.NamePrefix(NameKind.User), StringComparison.Ordinal);
            (isUser ? users : teams)[id] = name;
        }

        // An archive without names must not cost a request for each contact.
        var hasContacts = await rows.ReadAsync(shopId, KeyRange.From(TableKeys.NamePrefix(NameKind.Contact)),
            condition: null, pageRows: 1, Columns, cancellationToken).AnyAsync(cancellationToken);
        if (staff.Count >= MaxRemembered) staff.Clear();
        return (staff[shopId] = new(new Staff(users, teams, hasContacts), at)).Value;
    }

    private async Task<Dictionary<string, string>> ReadContactsAsync(
        string shopId, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        ConcurrentDictionary<string, string> found = new(StringComparer.Ordinal);
        await table.Concurrency.ForEachAsync(ids, Concurrency.Reads, async (id, token) =>
        {
            if (await ReadContactAsync(shopId, id, token) is { } name) found[id] = name;
        }, cancellationToken);
        return new(found, StringComparer.Ordinal);
    }

    private async Task<string?> ReadContactAsync(string shopId, string id, CancellationToken cancellationToken)
    {
        if (contacts.TryGetValue((shopId, id), out var remembered) && IsFresh(remembered)) return remembered.Value;
        var at = time.GetUtcNow();
        var row = await rows.FindAsync(shopId, TableKeys.Name(NameKind.Contact, id), Columns, cancellationToken);
        if (contacts.Count >= MaxRemembered) contacts.Clear();
        return (contacts[(shopId, id)] = new(row?[Column.Name] as string, at)).Value;
    }

    private bool IsFresh<T>(Remembered<T> remembered) => time.GetUtcNow() - remembered.At < MaxAge;

    private static Dictionary<string, string> NewNames() => new(StringComparer.Ordinal);

    private sealed record Staff(Dictionary<string, string> Users, Dictionary<string, string> Teams, bool HasContacts);

    private sealed record Remembered<T>(T Value, DateTimeOffset At);
}
