using BelcoFunctions.Pipeline.Tables;

namespace BelcoFunctions.Pipeline.Importing;

/// <summary>One run of <see cref="NameImport"/> for one shop.</summary>
internal sealed class NameRun(IBelcoApi api, ConversationTable table, string shopId, TimeProvider time)
{
    private readonly NameTable names = new(table);
    private readonly ContactNames contacts = new(api, shopId, time, table.Concurrency);

    // A name that was read earlier is read again.
    private readonly DateTimeOffset due = time.GetUtcNow() - NameImport.MaxAge;
    private readonly List<string> errors = [];
    private NameReceipt receipt = new();

    public async Task<NameReceipt> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(await NamedPeople.ReadAsync(table, shopId, isGone: null, cancellationToken), cancellationToken);
            if (receipt.Contacts > 0) await DeleteUnnamedAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is StoreUnavailableException or StoreRejectedException)
        {
            errors.Add($"The names could not be stored. {exception.Message}");
        }

        return receipt with { Errors = [.. errors, .. contacts.Errors] };
    }

    /// <summary>Deletes names whose customer was erased between the reading of the conversations and the reading of the name.
    /// The customer's row cannot show all of these: an erasure may reach only up to an earlier moment, and retention does not
    /// write that row. The conversations do. If the run is stopped before, the next one or an erasure deletes them.</summary>
    private async Task DeleteUnnamedAsync(CancellationToken cancellationToken)
    {
        // List the names before the conversations: the ETag of a name that is written again in between changes.
        var known = await ListAsync(NameKind.Contact, cancellationToken);
        var people = await NamedPeople.ReadAsync(table, shopId, isGone: null, cancellationToken);
        await DeleteUnnamedAsync(people, known.Values, cancellationToken);
    }

    private async Task DeleteUnnamedAsync(
        NamedPeople people, IEnumerable<StoredName> known, CancellationToken cancellationToken)
    {
        foreach (var name in people.Unnamed(known))
        {
            if (!await names.DeleteAsync(shopId, name, cancellationToken)) continue;
            receipt = receipt with { Deleted = receipt.Deleted + 1 };
        }
    }

    /// <summary>Reads users, teams and contacts. The lists of users and teams cost a request each, if they are due or somebody
    /// new is assigned.</summary>
    private async Task ReadAsync(NamedPeople people, CancellationToken cancellationToken)
    {
        var users = await ListAsync(NameKind.User, cancellationToken);
        var teams = await ListAsync(NameKind.Team, cancellationToken);
        var hasNew = people.Assignees.Any(id => !users.ContainsKey(TableKeys.Name(NameKind.User, id))
            && !teams.ContainsKey(TableKeys.Name(NameKind.Team, id)));
        List<Func<Task>> parts = [];
        if (hasNew || IsDue(users))
            parts.Add(async () => receipt = receipt with { Users = await ReadListAsync(NameKind.User, cancellationToken) });
        if (hasNew || IsDue(teams))
            parts.Add(async () => receipt = receipt with { Teams = await ReadListAsync(NameKind.Team, cancellationToken) });
        parts.Add(() => ReadContactsAsync(people, cancellationToken));
        foreach (var readAsync in parts)
        {
            if (!await TryAsync(readAsync)) return;
        }
    }

    /// <summary>False if no other request to Belco's API will succeed.</summary>
    private async Task<bool> TryAsync(Func<Task> readAsync)
    {
        try
        {
            await readAsync();
            return true;
        }
        catch (BelcoApiException exception)
        {
            errors.Add($"Some names could not be read. {exception.Message}");
            return exception.Error is BelcoApiError.Unusable;
        }
    }

    // Belco's list may lack a user who left, so only the newest name shows when the list was read.
    private bool IsDue(Dictionary<string, StoredName> known) => !known.Values.Any(name => name.ReadAt >= due);

    private async Task<int> ReadListAsync(NameKind kind, CancellationToken cancellationToken)
    {
        var path = kind is NameKind.User ? "users" : "teams";
        var answer = await api.GetAsync(path, cancellationToken);
        var list = answer is null ? null : NameAnswer.ReadList(answer, kind);
        var read = (list ?? throw NameAnswer.NotUnderstood(path))
            .Where(name => name.Name is not null).DistinctBy(name => name.Id).ToList();
        await names.WriteStaffAsync(shopId, read, cancellationToken);
        return read.Count;
    }

    private async Task ReadContactsAsync(NamedPeople people, CancellationToken cancellationToken)
    {
        var known = await ListAsync(NameKind.Contact, cancellationToken);
        await DeleteUnnamedAsync(people, known.Values, cancellationToken);
        HashSet<string> wanted = [.. people.Customers.Where(id =>
            !(known.GetValueOrDefault(TableKeys.Name(NameKind.Contact, id))?.ReadAt >= due))];
        receipt = receipt with { Remaining = wanted.Count };
        await foreach (var read in contacts.ReadAsync(wanted, cancellationToken))
        {
            var (written, erased) = await names.WriteContactsAsync(shopId, read, cancellationToken);
            receipt = receipt with
            {
                Contacts = receipt.Contacts + written,
                Erased = receipt.Erased + erased,
                Remaining = receipt.Remaining - written - erased,
            };
        }
    }

    private async Task<Dictionary<string, StoredName>> ListAsync(NameKind kind, CancellationToken cancellationToken)
    {
        Dictionary<string, StoredName> known = new(StringComparer.Ordinal);
        await foreach (var name in names.ListAsync(shopId, kind, cancellationToken))
        {
            if (name.IsOfAnotherVersion) throw new AnotherVersionException();
            known.Add(name.RowKey, name);
        }

        return known;
    }
}
